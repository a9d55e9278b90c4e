package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageView.FeatureUse;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model behind the usage panels of one account. */
@Component
class AccountUsage {

    private static final int DAYS = 7 * UsageView.WEEKS;

    private final JdbcClient database;
    private final Cohort cohort;
    private final UseOfAccounts uses;
    private final Unheard unheard;

    AccountUsage(JdbcClient database, Cohort cohort, UseOfAccounts uses, Unheard unheard) {
        this.database = database;
        this.cohort = cohort;
        this.uses = uses;
        this.unheard = unheard;
    }

    /** What keeps the account's use unknown since some day; null when nothing does. */
    Unheard.@Nullable Silence silence(AccountId account, LocalDate today) {
        return unheard.holding(account, today);
    }

    /** Empty when the account never used the product. */
    Optional<UsageView> of(AccountId account, LocalDate today) {
        LocalDate held = unheard.of(List.of(account), today)
                .getOrDefault(account.value(), Unheard.Knowledge.ALL)
                .until();
        LocalDate end = held == null ? today : held.plusDays(1);
        LocalDate until = cohort.before(end).map(CohortTotals::last).orElse(end.minusDays(1));
        return uses.read(OverviewQuery.onDay(List.of(account), today), until.minusDays(DAYS - 1L), until).stream()
                .findFirst()
                .map(use -> new UsageView(
                        until,
                        use.lastUsedOn(),
                        sum(use, UsageMeasures.WINDOW, 0),
                        sum(use, 2 * UsageMeasures.WINDOW, UsageMeasures.WINDOW),
                        use.active28(),
                        use.seats(),
                        weekly(use),
                        features(account, until),
                        unused(account, until)));
    }

    private static long sum(AccountUse use, int from, int to) {
        return Math.round(use.sum(from, to));
    }

    private static long[] weekly(AccountUse use) {
        long[] weekly = new long[UsageView.WEEKS];
        for (int week = 0; week < weekly.length; week++) {
            weekly[weekly.length - 1 - week] = sum(use, 7 * week + 7, 7 * week);
        }
        return weekly;
    }

    private List<FeatureUse> features(AccountId account, LocalDate until) {
        Map<Integer, FeatureUse> features = new LinkedHashMap<>();
        database.sql("""
                select f.id, f.name, f.product_area, f.level, (cast(:until as date) - d.day) / 7 as weeks_ago,
                    sum(d.events) as events,
                    coalesce(sum(d.events) filter (where d.day > cast(:until as date) - 28), 0) as now,
                    coalesce(sum(d.events) filter (where d.day <= cast(:until as date) - 28
                        and d.day > cast(:until as date) - 56), 0) as before,
                    max(d.day) as last_used_on
                from usage.daily d join usage.catalogue f on f.id = d.feature_id and not f.hidden
                where d.account_id = any(:accounts) and d.day > cast(:until as date) - :days and d.day <= :until
                    and d.feature_id <> 0
                group by f.id, f.name, f.product_area, f.level, weeks_ago
                order by f.id, weeks_ago
                """)
                .param("accounts", AccountIds.array(List.of(account)))
                .param("until", until)
                .param("days", DAYS)
                .query(row -> {
                    FeatureUse part = new FeatureUse(
                            row.getString("name"),
                            row.getString("product_area"),
                            row.getString("level"),
                            row.getLong("now"),
                            row.getLong("before"),
                            row.getObject("last_used_on", LocalDate.class),
                            new long[UsageView.WEEKS]);
                    FeatureUse feature = features.merge(row.getInt("id"), part, AccountUsage::joined);
                    feature.weekly()[UsageView.WEEKS - 1 - row.getInt("weeks_ago")] = row.getLong("events");
                });
        return features.values().stream()
                .sorted(Comparator.comparingLong(FeatureUse::events).reversed().thenComparing(FeatureUse::name))
                .toList();
    }

    private static FeatureUse joined(FeatureUse one, FeatureUse other) {
        return new FeatureUse(
                one.name(),
                one.area(),
                one.level(),
                one.events() + other.events(),
                one.eventsBefore() + other.eventsBefore(),
                one.lastUsedOn().isAfter(other.lastUsedOn()) ? one.lastUsedOn() : other.lastUsedOn(),
                one.weekly());
    }

    private List<String> unused(AccountId account, LocalDate until) {
        return database.sql("""
                select f.name from usage.catalogue f
                where not f.hidden and f.first_used_on <= :until and not exists (
                    select from usage.account_day d
                    where d.account_id = any(:accounts) and d.day > cast(:until as date) - :days and d.day <= :until
                        and f.id = any(d.features))
                order by f.name
                """)
                .param("accounts", AccountIds.array(List.of(account)))
                .param("until", until)
                .param("days", DAYS)
                .query((row, number) -> String.valueOf(row.getString("name")))
                .list();
    }
}
