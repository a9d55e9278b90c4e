package io.perennial.engagement;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** When anybody last spoke with the customer; automated sends do not count. */
@Component
class TouchpointOverview implements OverviewSource {

    private final Conversations conversations;

    TouchpointOverview(Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public List<String> columns() {
        return List.of("last_touch_on");
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        conversations.with(query).forEach((account, spoken) -> into.set(account, "last_touch_on", spoken.lastOn()));
    }
}
