package io.perennial.cases;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many cases are open. Accounts without any case show nothing rather than zero. */
@Component
class CaseOverview implements OverviewSource {

    private final AccountCases cases;

    CaseOverview(AccountCases cases) {
        this.cases = cases;
    }

    @Override
    public List<String> columns() {
        return List.of("open_cases");
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        for (AccountCases.Cases one : cases.read(query)) {
            into.set(one.account(), "open_cases", one.open());
        }
    }
}
