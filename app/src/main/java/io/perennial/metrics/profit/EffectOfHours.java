package io.perennial.metrics.profit;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How hours of service and renewal went together in the company's own terms of the last two years: a straight line through hours
 * and renewed or not. It is a relation and no cause.
 */
@Component
public class EffectOfHours {

    private static final int YEARS = 2;
    private static final int FEWEST = 8;
    private static final double LEVEL = 0.05;

    private final JdbcClient database;
    private final Clock clock;

    EffectOfHours(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param points of renewal for one more hour in the year; null when nothing can be said, and {@code why} says so
     * @param low end of the 95 % interval
     */
    public record Relation(
            String segment,
            long terms,
            long renewed,
            BigDecimal meanHours,
            @Nullable BigDecimal points,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            String why) {

        public boolean clear() {
            return low != null && high != null && low.signum() * high.signum() > 0;
        }

        public boolean small() {
            return terms < io.perennial.metrics.Figure.SMALL;
        }
    }

    /** All together first, with an empty segment's name, then each segment with terms. */
    @Transactional(readOnly = true)
    public List<Relation> of(String activity, Viewer viewer) {
        Question question = question(viewer);
        return RenewalTerms.statement(database, RenewalTerms.decided(question, activity) + """
                        select d.segment, grouping(d.segment) as whole, count(*) as n, count(*) filter (where d.renewed) as renewed,
                            avg(d.hours) as mean, min(d.hours) = max(d.hours) as same,
                            regr_slope(d.y, d.hours) as slope, regr_sxx(d.y, d.hours) as sxx, regr_syy(d.y, d.hours) as syy,
                            regr_sxy(d.y, d.hours) as sxy
                        from (select *, case when renewed then 100.0 else 0 end::double precision as y from decided) d
                        group by grouping sets ((), (d.segment)) order by whole desc, n desc, d.segment limit 200""", question, activity)
                .query((row, number) -> relation(
                        row.getInt("whole") == 1
                                ? ""
                                : row.getString("segment").isEmpty() ? "not said" : row.getString("segment"),
                        new Line(
                                row.getLong("n"),
                                row.getLong("renewed"),
                                row.getDouble("mean"),
                                row.getBoolean("same"),
                                row.getDouble("slope"),
                                row.getDouble("sxx"),
                                row.getDouble("syy"),
                                row.getDouble("sxy"))))
                .list();
    }

    /** What the terms add up to: enough for a straight line with its interval. */
    record Line(long terms, long renewed, double mean, boolean same, double slope, double sxx, double syy, double sxy) {

        /** Half of the 95 % interval of the slope, by Student's distribution. */
        double half() {
            double left = Math.max(0, syy - sxy * sxy / sxx) / (terms - 2);
            return new TDistribution(null, terms - 2.0).inverseCumulativeProbability(1 - LEVEL / 2)
                    * Math.sqrt(left / sxx);
        }
    }

    private Question question(Viewer viewer) {
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        UUID owner = viewer.everything() ? null : viewer.memberId();
        return new Question(
                new Definition("standard", "", ""),
                tomorrow.minusYears(YEARS),
                tomorrow,
                clock.instant(),
                null,
                null,
                owner);
    }

    static Relation relation(String segment, Line line) {
        BigDecimal mean = BigDecimal.valueOf(line.mean());
        String why = line.terms() < FEWEST
                ? "Fewer than " + FEWEST + " decided terms."
                : line.same()
                        ? "All had the same hours."
                        : line.renewed() == 0 || line.renewed() == line.terms() ? "All ended the same way." : "";
        if (!why.isEmpty()) {
            return new Relation(segment, line.terms(), line.renewed(), mean, null, null, null, why);
        }
        double half = line.half();
        return new Relation(
                segment,
                line.terms(),
                line.renewed(),
                mean,
                BigDecimal.valueOf(line.slope()),
                BigDecimal.valueOf(line.slope() - half),
                BigDecimal.valueOf(line.slope() + half),
                "");
    }

    /** Recurring revenue of a year that comes due in the next twelve months, by currency. */
    public record Due(String currency, BigDecimal annual, long customers) {}

    @Transactional(readOnly = true)
    public List<Due> due(String segment, Viewer viewer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.sql("""
                select case when x.currency is null then r.currency else own.currency end as currency,
                    sum(r.annual / coalesce(x.units, 1)) as annual, count(distinct r.account_id) as customers
                from contracts.renewals(:today, cast(:today as date) + 365, :today) r
                join accounts.account a on a.id = r.account_id
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate x on x.currency = r.currency and own.currency is not null
                where r.outcome = 'pending' and not r.monthly and (:segment = '' or coalesce(a.segment, '') = :segment)
                  and (:everything or a.owner_id = :me)
                group by 1 order by 2 desc
                """)
                .param("today", today)
                .param("segment", segment)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) ->
                        new Due(row.getString("currency"), row.getBigDecimal("annual"), row.getLong("customers")))
                .list();
    }

    /** An amount in another currency, by the one set of exchange rates; empty where one of both has none. */
    @Transactional(readOnly = true)
    public Optional<BigDecimal> converted(BigDecimal amount, String from, String to) {
        return from.equals(to)
                ? Optional.of(amount)
                : database.sql("""
                        select :amount / f.units * t.units from contracts.exchange_rate f join contracts.exchange_rate t on t.currency = :to
                        where f.currency = :from and exists (select from contracts.exchange_rate where own)
                        """)
                        .param("amount", amount)
                        .param("from", from)
                        .param("to", to)
                        .query(BigDecimal.class)
                        .optional();
    }

    /** Activities that time entries name, the most frequent first. */
    public List<String> activities() {
        return database.sql(
                        "select lower(activity) from metrics.time_entry group by 1 order by count(*) desc, 1 limit 50")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
