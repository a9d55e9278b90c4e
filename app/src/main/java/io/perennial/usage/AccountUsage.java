package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.UsageView.FeatureUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model behind the usage panels of one account. */
@Component
class AccountUsage {

    private static final int DAYS = 7 * UsageView.WEEKS;

    /** Weeks of the window that measures speak about. */
    private static final int MONTH = UsageMeasures.WINDOW / 7;

    private final JdbcClient database;
    private final Cohort cohort;
    private final UseOfAccounts uses;
    private final Unheard unheard;
    private final FeatureCatalogue catalogue;

    AccountUsage(JdbcClient database, Cohort cohort, UseOfAccounts uses, Unheard unheard, FeatureCatalogue catalogue) {
        this.catalogue = catalogue;
        this.database = database;
        this.cohort = cohort;
        this.uses = uses;
        this.unheard = unheard;
    }

    /** What keeps the account's use unknown since some day; null when nothing does. */
    Unheard.@Nullable Silence silence(AccountId account, LocalDate today, Once page) {
        return unheard.about(account, today, page).holding();
    }

    /** Empty when the account never used the product. */
    Optional<UsageView> of(AccountId account, LocalDate today, Once page) {
        return of(account, today, DAYS, page);
    }

    /** The same for a small card: of features only what two times 28 days say, which need fewer facts read. */
    Optional<UsageView> inShort(AccountId account, LocalDate today, Once page) {
        return of(account, today, 2 * UsageMeasures.WINDOW, page);
    }

    private Optional<UsageView> of(AccountId account, LocalDate today, int featureDays, Once page) {
        LocalDate held = unheard.about(account, today, page).knowledge().until();
        LocalDate end = held == null ? today : held.plusDays(1);
        LocalDate until = cohort.lastBefore(end).orElse(end.minusDays(1));
        return uses.read(OverviewQuery.onDay(List.of(account), today), until.minusDays(DAYS - 1L), until).stream()
                .findFirst()
                .map(use -> view(use, until, features(account, until, featureDays), catalogue.shown(page)));
    }

    private static UsageView view(AccountUse use, LocalDate until, Map<Integer, Weeks> used, List<Feature> shown) {
        List<FeatureUse> features = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        for (Feature feature : shown) {
            Weeks weeks = used.get(feature.id());
            if (weeks != null) {
                features.add(new FeatureUse(
                        feature.name(),
                        feature.area(),
                        feature.level(),
                        weeks.now,
                        weeks.before,
                        weeks.lastUsedOn,
                        weeks.events));
            }
            if ((weeks == null || !weeks.used) && !feature.firstUsedOn().isAfter(until)) {
                unused.add(feature.name());
            }
        }
        features.sort(Comparator.comparingLong(FeatureUse::events).reversed().thenComparing(FeatureUse::name));
        unused.sort(Comparator.naturalOrder());
        return new UsageView(
                until,
                use.lastUsedOn(),
                sum(use, UsageMeasures.WINDOW, 0),
                sum(use, 2 * UsageMeasures.WINDOW, UsageMeasures.WINDOW),
                use.active28(),
                use.seats(),
                weekly(use),
                features,
                unused);
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

    /** Use of one feature. */
    private static final class Weeks {

        private final long[] events = new long[UsageView.WEEKS];
        private long now;
        private long before;
        private LocalDate lastUsedOn = LocalDate.MIN;
        private boolean used;
    }

    /** Facts of the whole window, hidden features too: which features were not used follows from them as well. */
    private Map<Integer, Weeks> features(AccountId account, LocalDate until, int days) {
        Map<Integer, Weeks> features = new HashMap<>();
        database.sql("""
                select d.feature_id, (cast(:until as date) - d.day) / 7 as weeks_ago, sum(d.events) as events,
                    max(d.day) as last_used_on, bool_or(d.events > 0 or d.users > 0 or d.seconds > 0) as used
                from usage.daily d
                where d.account_id = any(:accounts) and d.day > cast(:until as date) - :days and d.day <= :until
                    and d.feature_id <> 0
                group by d.feature_id, weeks_ago
                """)
                .param("accounts", AccountIds.array(List.of(account)))
                .param("until", until)
                .param("days", days)
                .query(row -> {
                    Weeks weeks = features.computeIfAbsent(row.getInt("feature_id"), id -> new Weeks());
                    int ago = row.getInt("weeks_ago");
                    long events = row.getLong("events");
                    weeks.events[UsageView.WEEKS - 1 - ago] = events;
                    weeks.now += ago < MONTH ? events : 0;
                    weeks.before += ago >= MONTH && ago < 2 * MONTH ? events : 0;
                    weeks.used |= row.getBoolean("used");
                    LocalDate last = Objects.requireNonNull(row.getObject("last_used_on", LocalDate.class));
                    weeks.lastUsedOn = last.isAfter(weeks.lastUsedOn) ? last : weeks.lastUsedOn;
                });
        return features;
    }
}
