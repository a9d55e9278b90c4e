package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the overview says about the account itself and its owner. */
@Component
class AccountOverview implements OverviewSource {

    @Override
    public List<String> columns() {
        return List.of(
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
    }

    @Override
    public String select() {
        return """
                select a.id as account_id, a.external_id, a.name, a.segment, a.stage, a.owner_id,
                       m.name as owner_name, a.industry, a.country, a.next_step, a.next_step_on
                from accounts.account a
                left join identity.team_member m on m.id = a.owner_id
                where a.id = any(:accounts)
                """;
    }
}
