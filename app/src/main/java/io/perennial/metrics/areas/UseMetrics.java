package io.perennial.metrics.areas;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether customers use what they bought, how much of it, and for how long at a time. */
@Component
class UseMetrics implements MetricSource {

    private static final int MONTH = 28;
    private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
    private static final Reason NO_USERS =
            new Reason("NO_USERS", "No use by single users of features is known in the last 28 days of the period.");
    private static final Reason NO_TIME = new Reason("NO_TIME", "No use of the period says how long it took.");

    private final CustomerReadings customers;

    UseMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(depth(), length());
    }

    private Metric depth() {
        return Metric.of("advanced_users", "Users of advanced features", Area.ADOPTION, Unit.PERCENT)
                .asks("Do customers use a basic set of features, or do they take advantage of advanced capabilities?")
                .formula(
                        "Active users with a use of an advanced feature ÷ active users, in the last 28 days of the period.")
                .counts(
                        "Users with at least one use of a feature that is tagged advanced",
                        "Users with any use of a feature")
                .leavesOut(
                        "Use that names no user. Which features are advanced is said in the feature catalogue; basic and advanced"
                                + " users are together all active users.")
                .from("usage")
                .definition("advanced", "Advanced users", "At least one use of an advanced feature.")
                .form(
                        Shares.of("advanced", "active", "NO_ACTIVE_USERS", "Nobody was active."),
                        count("advanced", "Users of advanced features.", "120"),
                        count("active", "Active users.", "400"))
                .definition("basic", "Basic users", "Active, without use of an advanced feature.")
                .reads(new CustomerMetric(
                        customers,
                        MONTH,
                        CustomerSpec.inOrder("advanced", users("advanced"), "basic", users("active - u.advanced"))))
                .done();
    }

    private static CustomerSpec users(String part) {
        return CustomerSpec.of(
                        """
                        used as (
                            select d.account_id, d.user_id, bool_or(f.level = 'advanced') as advanced
                            from usage.daily d left join usage.catalogue f on f.id = d.feature_id
                            where d.day > cast(:lastDay as date) - 28 and d.day <= :lastDay and d.user_id > 0 and d.events > 0
                            group by 1, 2
                        )""",
                        """
                        select u.account_id, true as counted, u.advanced > 0 as hit, (u.%1$s)::numeric as amount,
                            u.active::numeric as base, '' as currency, u.active::numeric as rank,
                            u.advanced || ' of ' || u.active || ' users' as note
                        from (
                            select account_id, count(*) as active, count(*) filter (where advanced) as advanced
                            from used group by 1
                        ) u
                        where exists (select from usage.catalogue where level = 'advanced')""".formatted(part),
                        tally -> Figure.share(tally.amount(), tally.base(), NO_USERS)
                                .sampled(tally.base().longValue()),
                        NO_USERS)
                .with("customers", "count(*)");
    }

    private Metric length() {
        return Metric.of("time_in_product", "Time in the product", Area.ADOPTION, Unit.MINUTES)
                .asks("How long does a user work with the product on a day?")
                .formula("Time of use ÷ users active on a day, summed over the days of which both are known.")
                .counts("Minutes of use", "Active users, each day again")
                .leavesOut("Days of which the time or the users are not known.")
                .better(Direction.NEITHER)
                .from("usage")
                .form(
                        in -> in.amount("user_days").signum() == 0
                                ? Figure.none(NO_TIME)
                                : Figure.of(Exact.divide(in.amount("minutes"), in.amount("user_days"))),
                        amount("minutes", "Minutes of use.", "5400"),
                        amount("user_days", "Active users, each day again.", "180"))
                .reads(new CustomerMetric(
                        customers,
                        MONTH,
                        CustomerSpec.inOrder(
                                "standard",
                                CustomerSpec.of(
                                        "",
                                        """
                                        select d.account_id, true as counted, true as hit, sum(d.seconds) as amount,
                                            sum(d.active_users)::numeric as base, '' as currency, sum(d.seconds) as rank,
                                            round(sum(d.seconds) / 60.0 / nullif(sum(d.active_users), 0), 1)
                                                || ' minutes on a day' as note
                                        from usage.account_day d
                                        where d.day >= :firstDay and d.day <= :lastDay and d.seconds > 0 and d.active_users > 0
                                        group by 1""",
                                        tally -> {
                                            BigDecimal minutes = Exact.divide(tally.amount(), SECONDS);
                                            return (tally.base().signum() == 0
                                                            ? Figure.none(NO_TIME)
                                                            : Figure.of(Exact.divide(minutes, tally.base())))
                                                    .from(minutes, tally.base())
                                                    .sampled(tally.n());
                                        },
                                        NO_TIME))))
                .done();
    }
}
