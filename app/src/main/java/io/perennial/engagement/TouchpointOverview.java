package io.perennial.engagement;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** When anybody last spoke with the customer; automated sends do not count. */
@Component
class TouchpointOverview implements OverviewSource {

    @Override
    public List<String> columns() {
        return List.of("last_touch_on");
    }

    @Override
    public String select() {
        // A look into the index per account: the newest entry, however long the history is.
        return """
                select k.id as account_id, (
                    select (t.at at time zone 'UTC')::date from engagement.touchpoint t
                    where t.account_id = k.id and t.conversation
                      and t.at < (:today + 1)::timestamp at time zone 'UTC'
                    order by t.at desc limit 1) as last_touch_on
                from unnest(:accounts) as k (id)
                """;
    }
}
