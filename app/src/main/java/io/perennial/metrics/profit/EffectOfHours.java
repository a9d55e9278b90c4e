package io.perennial.metrics.profit;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.math3.stat.regression.SimpleRegression;
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

    private final RenewalByHours renewals;
    private final JdbcClient database;
    private final Clock clock;

    EffectOfHours(RenewalByHours renewals, JdbcClient database, Clock clock) {
        this.renewals = renewals;
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
        Map<String, List<RenewalByHours.Term>> bySegment = new LinkedHashMap<>();
        List<RenewalByHours.Term> all = renewals.terms(question(viewer), activity);
        all.forEach(term -> bySegment
                .computeIfAbsent(term.segment(), segment -> new ArrayList<>())
                .add(term));
        List<Relation> relations = new ArrayList<>();
        relations.add(relation("", all));
        bySegment.forEach((segment, terms) -> relations.add(relation(segment.isEmpty() ? "not said" : segment, terms)));
        return relations;
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

    static Relation relation(String segment, List<RenewalByHours.Term> terms) {
        SimpleRegression line = new SimpleRegression();
        terms.forEach(term -> line.addData(term.hours(), term.renewed() ? 100 : 0));
        long renewed = terms.stream().filter(RenewalByHours.Term::renewed).count();
        BigDecimal mean = BigDecimal.valueOf(
                terms.stream().mapToDouble(RenewalByHours.Term::hours).average().orElse(0));
        boolean sameHours = terms.stream()
                        .mapToDouble(RenewalByHours.Term::hours)
                        .distinct()
                        .count()
                < 2;
        String why = terms.size() < FEWEST
                ? "Fewer than " + FEWEST + " decided terms."
                : sameHours
                        ? "All had the same hours."
                        : renewed == 0 || renewed == terms.size() ? "All ended the same way." : "";
        if (!why.isEmpty()) {
            return new Relation(segment, terms.size(), renewed, mean, null, null, null, why);
        }
        double half = line.getSlopeConfidenceInterval(LEVEL);
        return new Relation(
                segment,
                terms.size(),
                renewed,
                mean,
                BigDecimal.valueOf(line.getSlope()),
                BigDecimal.valueOf(line.getSlope() - half),
                BigDecimal.valueOf(line.getSlope() + half),
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

    /** Activities that time entries name, the most frequent first. */
    public List<String> activities() {
        return database.sql(
                        "select lower(activity) from metrics.time_entry group by 1 order by count(*) desc, 1 limit 50")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
