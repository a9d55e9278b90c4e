package io.perennial.usage;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Active users, licences used, use and its change, last use: over the same windows as the measures. */
@Component
class UsageOverview implements OverviewSource {

    private static final int DECIMALS = 10;
    private static final BigDecimal MOST_CHANGE = BigDecimal.valueOf(9999);
    private static final BigDecimal MOST_SHARE = BigDecimal.valueOf(99);

    private final UseOfAccounts uses;

    UsageOverview(UseOfAccounts uses) {
        this.uses = uses;
    }

    @Override
    public List<String> columns() {
        return List.of("active_users", "licences_used", "events_28", "usage_change", "last_used_on");
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        uses.recent(query).stream()
                .flatMap(recent -> recent.accounts().stream())
                .forEach(use -> fill(use, into));
    }

    private static void fill(AccountUse use, OverviewRows into) {
        AccountId account = new AccountId(use.account());
        long events = use.events(UsageMeasures.WINDOW, 0);
        Integer users = use.active28();
        Integer active = users == null && events == 0 ? Integer.valueOf(0) : users;
        into.set(account, "active_users", active);
        into.set(account, "licences_used", share(active, use.seats()));
        into.set(account, "events_28", events);
        into.set(account, "usage_change", change(use.events(2 * UsageMeasures.WINDOW, UsageMeasures.WINDOW), events));
        into.set(account, "last_used_on", use.lastUsedOn());
    }

    private static @Nullable BigDecimal share(@Nullable Integer active, @Nullable Long seats) {
        return active == null || seats == null || seats <= 0
                ? null
                : ratio(active, seats).min(MOST_SHARE);
    }

    private static @Nullable BigDecimal change(long before, long after) {
        return before <= 0
                ? null
                : ratio(after, before).subtract(BigDecimal.ONE).min(MOST_CHANGE);
    }

    private static BigDecimal ratio(long part, long whole) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_UP);
    }
}
