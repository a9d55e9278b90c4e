package io.perennial.metrics.areas;

import io.perennial.metrics.Definition;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Waiting;
import io.perennial.shared.Wait;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Licences in use, how often and how broadly, and how long it takes until a new customer has something of it. */
@Component
class AdoptionReadings implements MetricReadings {

    private static final int MONTH = 28;
    private static final int YEAR = 365;
    private static final Reason NO_LICENCES = new Reason(
            "NO_LICENCES", "Of no customer are both known: the licences it bought, and who of its users is active.");
    private static final Reason NO_ACTIVE_USERS = new Reason(
            "NO_ACTIVE_USERS",
            "No active user is known in the 28 days before the period's end. Only the latest are kept.");
    private static final Reason NO_FEATURES =
            new Reason("NO_FEATURES", "No use of features is known in the 28 days before the period's end.");
    private static final Reason NO_STARTS =
            new Reason("NO_STARTS", "No customer's first contract began in the period, or nothing is known of use.");

    /** Kept once a day for each customer; looked at only while it is of the period's last four weeks. */
    private static final String OF_THE_PERIOD =
            "u.until between cast(:lastDay as date) - 27 and cast(:lastDay as date)";

    private final CustomerReadings customers;

    AdoptionReadings(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Answerable> readings() {
        return List.of(licences(), stickiness(), features(), firstValue());
    }

    private Answerable licences() {
        return new Answerable(
                "licence_adoption",
                List.of(
                        new Definition(
                                "mean_of_customers",
                                "Mean of customers",
                                "The share of each customer, each counted once; large customers weigh no more than small ones."),
                        new Definition(
                                "ever_used",
                                "Used at least once",
                                "Users who were ever seen ÷ licences; those who stopped count too.")),
                new CustomerMetric(
                        customers,
                        MONTH,
                        CustomerSpec.inOrder(
                                "standard",
                                licences("u.active_users", "", AdoptionReadings::ofAll),
                                "mean_of_customers",
                                licences("u.active_users", "", AdoptionReadings::mean)
                                        .with("sum_of_shares", "sum(100 * f.amount / f.base) filter (where f.counted)"),
                                "ever_used",
                                licences("e.users", """
                                        left join (
                                            select p.account_id, count(*) as users from usage.product_user p
                                            where p.first_seen_on <= :lastDay group by 1
                                        ) e on e.account_id = u.account_id""", AdoptionReadings::ofAll))));
    }

    private static CustomerSpec licences(String used, String joined, Function<Tally, Figure> figure) {
        return CustomerSpec.of("", """
                        select u.account_id, coalesce(u.seats, 0) > 0 and %1$s is not null as counted, %1$s > 0 as hit,
                            (%1$s)::numeric as amount, u.seats::numeric as base, '' as currency,
                            (u.seats - %1$s)::numeric as rank,
                            coalesce((%1$s)::text, 'unknown') || ' of ' || coalesce(u.seats::text, 'unknown') || ' licences' as note
                        from usage.adoption u
                        %2$s
                        where %3$s""".formatted(used, joined, OF_THE_PERIOD), figure, NO_LICENCES)
                .leavingOut("licences or users not known", "not f.counted");
    }

    private static Figure ofAll(Tally tally) {
        return Figure.share(tally.amount(), tally.base(), NO_LICENCES).sampled(tally.n());
    }

    private static Figure mean(Tally tally) {
        return tally.n() == 0
                ? Figure.none(NO_LICENCES)
                : Figure.of(Exact.divide(tally.further("sum_of_shares"), BigDecimal.valueOf(tally.n())))
                        .with("customers", BigDecimal.valueOf(tally.n()))
                        .sampled(tally.n());
    }

    private Answerable stickiness() {
        return new Answerable(
                "stickiness",
                List.of(),
                new CustomerMetric(
                        customers,
                        MONTH,
                        CustomerSpec.inOrder(
                                "standard",
                                CustomerSpec.of(
                                                "",
                                                """
                                                select u.account_id, u.stickiness is not null and u.active_users > 0 as counted, true as hit,
                                                    u.active_users * u.stickiness / 1000.0 as amount, u.active_users::numeric as base,
                                                    '' as currency, -u.stickiness::numeric as rank,
                                                    coalesce(round(u.stickiness / 10.0, 1) || ' %% of ', 'not known of ')
                                                        || coalesce(u.active_users, 0) || ' users on a mean day' as note
                                                from usage.adoption u where %s""".formatted(OF_THE_PERIOD),
                                                tally -> Figure.share(tally.amount(), tally.base(), NO_ACTIVE_USERS)
                                                        .sampled(tally.n()),
                                                NO_ACTIVE_USERS)
                                        .leavingOut("customers whose logins are not known", "not f.counted"))));
    }

    private Answerable features() {
        return new Answerable(
                "feature_adoption",
                List.of(
                        new Definition(
                                "of_active_users",
                                "Of active users",
                                "Active users of each feature ÷ active users, over all features that are shown; who is eligible is not"
                                        + " known."),
                        new Definition(
                                "depth",
                                "Depth",
                                "Features that a customer used ÷ features that are shown, over all customers.")),
                new CustomerMetric(
                        customers,
                        MONTH,
                        CustomerSpec.inOrder(
                                "of_active_users",
                                features(
                                        "s.shares * u.active_users / 1000.0",
                                        "(select shown from all_features) * u.active_users",
                                        "u.active_users > 0"),
                                "depth",
                                features(
                                        "s.used",
                                        "(select shown from all_features)",
                                        "u.active_users is not null or s.used > 0"))));
    }

    private static CustomerSpec features(String amount, String base, String known) {
        return CustomerSpec.of(
                        "all_features as materialized (select count(*)::numeric as shown from usage.catalogue where not hidden)",
                        """
                        select x.account_id, x.base > 0 as counted, x.amount > 0 as hit, x.amount, x.base, '' as currency,
                            -x.amount / nullif(x.base, 0) as rank,
                            x.used || ' features, ' || coalesce(round(100 * x.amount / nullif(x.base, 0), 1) || ' %%', 'not known') as note
                        from (
                            select u.account_id, s.used, coalesce(%1$s, 0)::numeric as amount, (%2$s)::numeric as base
                            from usage.adoption u
                            cross join lateral (
                                select count(*) as used, sum(f.share) filter (where f.share >= 0) as shares
                                from unnest(u.features, u.shares) as f (feature, share)
                                join usage.catalogue c on c.id = f.feature and not c.hidden
                            ) s
                            where %4$s and (%3$s)
                        ) x""".formatted(amount, base, known, OF_THE_PERIOD),
                        tally -> Figure.share(tally.amount(), tally.base(), NO_FEATURES)
                                .sampled(tally.n()),
                        NO_FEATURES)
                .with("customers", "count(*)");
    }

    private Answerable firstValue() {
        CustomerSpec use = until("""
                select min(d.day) as day from usage.account_day d
                where d.account_id = s.account_id and d.day >= s.starts and d.day < :untilDay and d.events > 0""");
        CustomerSpec action = until("""
                select min(r.finished_on) as day from usage.key_action_run r
                where r.account_id = s.account_id and r.finished_on >= s.starts and r.finished_on < :untilDay""");
        return new Answerable(
                "time_to_first_value",
                List.of(
                        new Definition(
                                "first_use",
                                "First use",
                                "Until the first day on which anybody of the customer used the product."),
                        new Definition(
                                "first_key_action",
                                "First key action",
                                "Until somebody first got one of the key actions done that the company named."),
                        new Definition(
                                "first_use_achievers",
                                "First use, only who got there",
                                "Median over those who use it by now: too short as long as others wait.")),
                new PairsReading(
                        customers,
                        YEAR,
                        Map.of(
                                "first_use", new PairsReading.Of(use, pairs -> Waiting.median(waits(pairs))),
                                "first_key_action", new PairsReading.Of(action, pairs -> Waiting.median(waits(pairs))),
                                "first_use_achievers",
                                        new PairsReading.Of(use, pairs -> Waiting.achievers(waits(pairs))))));
    }

    private static List<Wait> waits(List<CustomerReadings.Pair> pairs) {
        return pairs.stream()
                .map(pair -> new Wait(pair.amount(), pair.base() == 1))
                .toList();
    }

    /** Of who became a customer in the period, unless nobody's use is known at all. */
    private static CustomerSpec until(String first) {
        return CustomerSpec.of("""
                        started as (
                            select v.account_id, min(v.first_on) as starts from contracts.revenue v
                            where v.first_on >= :firstDay and v.first_on < :untilDay group by 1
                        )""", """
                        select s.account_id, true as counted, v.day is not null as hit,
                            (coalesce(v.day, cast(:untilDay as date)) - s.starts)::numeric as amount,
                            case when v.day is null then 0 else 1 end::numeric as base, '' as currency,
                            case when v.day is null then 100000 else 0 end + (coalesce(v.day, cast(:untilDay as date)) - s.starts)::numeric
                                as rank,
                            case when v.day is null then 'waiting since ' || s.starts
                                else (v.day - s.starts) || ' days, on ' || v.day end as note
                        from started s cross join lateral (%s) v
                        where exists (select from usage.account_day)""".formatted(first), tally -> Figure.none(NO_STARTS), NO_STARTS);
    }
}
