package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.health.detection.Drop;
import io.perennial.health.detection.FallingUsage;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the features that serve a customer's goals are used less, told from noise by the same test as all use. They may fall
 * while use as a whole stays level: then the customer still works, but not at what it bought the product for.
 */
@Component
class GoalUseMeasures implements MeasureSource {

    static final String DROP = "goal_features_drop";

    private final JdbcClient database;
    private final UseOfAccounts uses;

    GoalUseMeasures(JdbcClient database, UseOfAccounts uses) {
        this.database = database;
        this.uses = uses;
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                DROP,
                "Falling use of the customer's goals",
                "share lost",
                "success plans",
                "Of the features that open success plans name for the customer's goals, the share of use lost since it fell below"
                        + " what its own history and everybody else's days let expect; 0 when it did not. Does not apply"
                        + " without a plan that names features."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from success.goal_features where since < :end)")
                .param("end", asOf.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Use of the goals of one account, day by day. */
    private record Goal(double[] series, Set<String> features) {}

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        Span span = query.once().span();
        Collection<AccountId> all = span == null
                ? query.accounts()
                : span.among(query.accounts(), this, some -> AccountIds.found(database, WITH_GOALS, some));
        Set<AccountId> with = all.isEmpty() ? Set.of() : withGoals(all, query);
        query.accounts().stream()
                .filter(account -> !with.contains(account))
                .forEach(account -> into.notApplicable(account, DROP));
        if (with.isEmpty()) {
            return;
        }
        for (UseOfAccounts.Recent recent : uses.recent(query.facts())) {
            Map<UUID, AccountUse> used = new HashMap<>();
            recent.accounts().stream()
                    .filter(use -> with.contains(new AccountId(use.account())))
                    .forEach(use -> used.put(use.account(), use));
            if (!used.isEmpty() && recent.cohort().isPresent()) {
                Readings told = recent.held() ? new HeldReadings(into, recent.last(), query.today()) : into;
                read(used, recent.cohort().get(), query, told);
            }
        }
    }

    private void read(Map<UUID, AccountUse> used, CohortTotals cohort, MeasureQuery query, Readings into) {
        goals(used.keySet(), cohort, query).forEach((account, goal) -> {
            AccountUse use = Objects.requireNonNull(used.get(account));
            double[] own = goal.series();
            int start = first(own);
            if (start == own.length) {
                return; // never used: nothing fell
            }
            double[] others = cohort.without(use.series(), use.countedInUsers());
            Drop drop = FallingUsage.detect(
                            Arrays.copyOfRange(own, start, own.length),
                            Arrays.copyOfRange(others, start, others.length),
                            cohort.first().plusDays(start))
                    .orElse(null);
            Supplier<String> evidence = () -> evidence(goal, drop);
            into.read(
                    new AccountId(account),
                    DROP,
                    drop == null ? 0 : Math.clamp(-drop.change(), 0, 1),
                    cohort.last(),
                    evidence);
        });
    }

    private static int first(double[] series) {
        int i = 0;
        while (i < series.length && series[i] <= 0) {
            i++;
        }
        return i;
    }

    /** {@code use of export, forecast for the customer's goals down 62 % since 2 Nov, 410 to 156 a week}. */
    private static String evidence(Goal goal, @org.jspecify.annotations.Nullable Drop drop) {
        String names = goal.features().stream()
                .sorted()
                .limit(4)
                .reduce((one, other) -> one + ", " + other)
                .orElse("features");
        if (drop == null) {
            return "use of " + names + " for the customer's goals as expected";
        }
        return "use of " + names + " for the customer's goals down " + Wording.percent(-drop.change()) + " since "
                + Wording.day(drop.startedOn()) + ", "
                + Wording.weekly(
                        sum(goal.series(), 2 * UsageMeasures.WINDOW, UsageMeasures.WINDOW) / 4,
                        sum(goal.series(), UsageMeasures.WINDOW, 0) / 4);
    }

    private static double sum(double[] series, int from, int to) {
        double sum = 0;
        for (int back = to; back < Math.min(from, series.length); back++) {
            sum += series[series.length - 1 - back];
        }
        return sum;
    }

    private Map<UUID, Goal> goals(Collection<UUID> accounts, CohortTotals cohort, MeasureQuery query) {
        Map<UUID, Goal> goals = new HashMap<>();
        database.sql("""
                select g.account_id, g.feature, d.day, d.events
                from (select distinct account_id, feature_id, feature from success.goal_features
                    where account_id = any(:accounts) and since < :asOf) g
                cross join lateral (
                    select u.day, sum(u.events) as events from usage.daily u
                    where u.account_id = g.account_id and u.feature_id = g.feature_id and u.day >= :first and u.day <= :last
                    group by u.day) d
                """)
                .param("accounts", accounts.toArray(UUID[]::new))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("first", cohort.first())
                .param("last", cohort.last())
                .query(row -> {
                    Goal goal = goals.computeIfAbsent(
                            row.getObject(1, UUID.class),
                            none -> new Goal(new double[cohort.events().length], new HashSet<>()));
                    goal.features().add(row.getString(2));
                    int day = (int) ChronoUnit.DAYS.between(cohort.first(), row.getObject(3, LocalDate.class));
                    goal.series()[day] += row.getDouble(4);
                });
        return goals;
    }

    private Set<AccountId> withGoals(Collection<AccountId> accounts, MeasureQuery query) {
        return new HashSet<>(database.sql("""
                select distinct account_id from success.goal_features where account_id = any(:accounts) and since < :asOf
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
    }

    private static final String WITH_GOALS =
            "select distinct account_id from success.goal_features where account_id = any(:accounts)";
}
