package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSelect;
import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the overview says about the account itself and its owner. */
@Component
class AccountOverview implements OverviewSource {

    private static final List<String> COLUMNS = List.of(
            "external_id",
            "name",
            "segment",
            "stage",
            "owner_id",
            "owner_name",
            "industry",
            "country",
            "next_step",
            "next_step_on");

    private final OverviewSelect select;

    AccountOverview(JdbcClient database) {
        this.select = new OverviewSelect(database, COLUMNS, SELECT);
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        select.fill(query, into);
    }

    private static final String SELECT = """
            select a.id as account_id, a.external_id, a.name, a.segment, a.stage, a.owner_id,
                   m.name as owner_name, a.industry, a.country, a.next_step, a.next_step_on
            from accounts.account a
            left join identity.team_member m on m.id = a.owner_id
            where a.id = any(:accounts)
            """;
}
