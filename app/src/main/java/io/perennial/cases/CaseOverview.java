package io.perennial.cases;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many cases are open. Accounts without any case show nothing rather than zero. */
@Component
class CaseOverview implements OverviewSource {

    @Override
    public List<String> columns() {
        return List.of("open_cases");
    }

    @Override
    public String select() {
        return """
                select account_id, count(*) filter (where least(resolved_at, closed_at) is null
                    or least(resolved_at, closed_at) >= cast(:today as date) + 1)::int as open_cases
                from cases.support_case
                where account_id = any(:accounts) and opened_at < cast(:today as date) + 1
                group by account_id
                """;
    }
}
