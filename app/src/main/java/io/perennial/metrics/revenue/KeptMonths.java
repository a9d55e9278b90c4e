package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Months of the whole company from sums that are kept by month. They hold each month's movements alone: with how much it starts is
 * what all months before it moved. Of a month that the period cuts only those customers are looked at who moved in its part: it begins or
 * ends as the whole month next to it ends or begins. Customers whom the sums do not hold as they are stay apart and are read one by one.
 */
@Component
class KeptMonths {

    /** The condition that reads those who stay apart. */
    static final String APART = " and m.account_id = any(cast(:apart as uuid[]))";

    /** With more customers to read one by one the sums save nothing. */
    private static final int MOST_APART = 20_000;

    private static final String SELECT = """
            with moved as (
                select m.month, m.currency, m.movement, m.customers, m.amount
                from contracts.revenue_month m where m.graced = :graced
                union all
                select o.month, o.currency, o.movement, -o.customers, -o.amount
                from contracts.month_moves(cast(:apart as uuid[]),
                    case when :graced then date '9999-12-30' else date '9999-12-31' end, '-infinity') o
                union all
                select l.month, l.currency, l.movement, l.sign * l.customers, l.sign * l.amount
                from (values (1, cast(:today as date)), (-1, '9999-12-30')) s (sign, past)
                cross join lateral (
                    select s.sign, v.* from contracts.month_moves(
                        array(select o.account_id from contracts.open_lapses(:today) o), s.past,
                        (select date_trunc('month', min(o.since)::timestamp)::date from contracts.open_lapses(:today) o)) v
                ) l
                where :graced
            )
            select greatest(m.month, cast(:from as date) - 1) as month, coalesce(w.own, m.currency) as currency, m.movement,
                sum(m.customers) as customers,
                case when w.units is null then sum(m.amount) else sum(m.amount) / w.units end as amount
            from moved m
            left join (
                select r.currency, r.units, own.currency as own
                from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = m.currency
            where m.month < :until
            group by 1, 2, 3, w.units
            order by 1, 2""";

    /** What customers moved in a part of a month: whose amount does not change in it is not looked at any further. */
    private static final String PART = """
            select coalesce(w.own, m.currency) as currency, x.movement, sum(x.customers) as customers,
                case when w.units is null then sum(x.amount) else sum(x.amount) / w.units end as amount
            from (
                select r.currency, r.movement, count(*) as customers, sum(r.amount - r.priced) as amount,
                    count(*) filter (where r.priced > 0) as n_priced, sum(r.priced) as priced
                from (
                    select o.currency, o.movement, o.amount,
                        case when o.movement = 'expansion' then greatest(o.priced, 0) else 0 end as priced
                    from (
                        select p.currency, v.ended - v.started as amount, v.priced,
                            contracts.movement(v.started, v.ended, p.first_on, cast(:from as date) - 1, v.priced, 0) as movement
                        from contracts.revenue_path p
                        cross join lateral (
                            select width_bucket(cast(:from as date) - 1, p.days) as s,
                                width_bucket(cast(:until as date) - 1, p.days) as e
                            offset 0) t
                        cross join lateral (
                            select case when p.known[t.s] > k.past then p.annual[t.s] else 0 end as started,
                                case when p.known[t.e] > k.past then p.annual[t.e] else 0 end as ended,
                                coalesce(p.priced[t.e] - p.priced[t.s], 0) as priced, k.past
                            from (select case when :graced then cast(:today as date) else date '9999-12-31' end as past) k
                            offset 0) v
                        where t.s < t.e and not p.several
                          and p.account_id not in (select c.account_id from contracts.revenue_changed c)
                          and (v.started <> v.ended
                            or v.started = 0 and exists (
                                select from generate_series(t.s + 1, t.e) i where p.annual[i] > 0 and p.known[i] > v.past))
                    ) o
                ) r
                group by 1, 2
            ) m
            cross join lateral (
                select m.movement, m.customers, m.amount
                union all
                select 'price_escalator', m.n_priced, m.priced where m.n_priced > 0
                union all
                select 'same', -m.n_priced, 0 where m.n_priced > 0
            ) x
            left join (
                select r.currency, r.units, own.currency as own
                from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = m.currency
            group by 1, 2, w.units
            order by 1""";

    private final JdbcClient database;

    KeptMonths(JdbcClient database) {
        this.database = database;
    }

    /**
     * Whole months within a period; before and after them it may have parts of months.
     *
     * @param end of the period, as far as it is known
     */
    record Months(LocalDate from, LocalDate until, LocalDate end) {}

    private record Sum(Move move, long customers, BigDecimal amount) {}

    /** Null when the sums cannot answer: they are of the whole company, and of more than one month. */
    @Nullable
    Months of(Question question) {
        if (question.by() != Dimension.MONTH || question.group() != null || question.owner() != null) {
            return null;
        }
        LocalDate tomorrow =
                LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC).plusDays(1);
        LocalDate end = question.until().isBefore(tomorrow) ? question.until() : tomorrow;
        LocalDate from = question.from().plusMonths(1).minusDays(1).withDayOfMonth(1);
        LocalDate until = end.withDayOfMonth(1);
        return from.isBefore(until) && fewApart() && !dated() ? new Months(from, until, end) : null;
    }

    /** What rates of days did is told customer by customer. */
    private boolean dated() {
        return database.sql("select exists (select from contracts.exchange_rate where dated)")
                .query(Boolean.class)
                .single();
    }

    private boolean fewApart() {
        return database.sql("select count(*) <= :most from (select from contracts.apart() limit :most + 1) a")
                .param("most", MOST_APART)
                .query(Boolean.class)
                .single();
    }

    String[] apart() {
        return database.sql("select a::text from contracts.apart() a")
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list()
                .toArray(String[]::new);
    }

    /** All customers but those who stay apart, month by month, those that are cut too. */
    Map<String, Ledgers> read(Question question, Months months, boolean graced) {
        Map<YearMonth, Map<String, List<Sum>>> sums = sums(question, months, graced);
        Map<String, Ledger> standing = new TreeMap<>();
        Map<String, Ledgers> ledgers = new LinkedHashMap<>();
        YearMonth first = YearMonth.from(months.from());
        moved(standing, sums.getOrDefault(first.minusMonths(1), Map.of()));
        if (question.from().isBefore(months.from())) {
            ledgers.put(
                    YearMonth.from(question.from()).toString(),
                    upTo(standing, part(question, question.from(), months.from(), graced)));
        }
        for (YearMonth month = first; month.atDay(1).isBefore(months.until()); month = month.plusMonths(1)) {
            ledgers.put(month.toString(), moved(standing, sums.getOrDefault(month, Map.of())));
        }
        if (months.until().isBefore(months.end())) {
            ledgers.put(
                    YearMonth.from(months.until()).toString(),
                    moved(standing, part(question, months.until(), months.end(), graced)));
        }
        return ledgers;
    }

    private Map<YearMonth, Map<String, List<Sum>>> sums(Question question, Months months, boolean graced) {
        Map<YearMonth, Map<String, List<Sum>>> sums = new TreeMap<>();
        MovementSql.statement(database, SELECT, question.within(months.from(), months.until()), graced)
                .param("apart", apart())
                .query(row -> {
                    sums.computeIfAbsent(
                                    YearMonth.from(row.getObject("month", LocalDate.class)), month -> new TreeMap<>())
                            .computeIfAbsent(row.getString("currency"), currency -> new ArrayList<>())
                            .add(sum(row));
                });
        return sums;
    }

    private Map<String, List<Sum>> part(Question question, LocalDate from, LocalDate until, boolean graced) {
        Map<String, List<Sum>> sums = new TreeMap<>();
        MovementSql.statement(database, PART, question.within(from, until), graced)
                .query(row -> {
                    sums.computeIfAbsent(row.getString("currency"), currency -> new ArrayList<>())
                            .add(sum(row));
                });
        return sums;
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                Move.of(row.getString("movement")).orElseThrow(),
                row.getLong("customers"),
                row.getBigDecimal("amount"));
    }

    /** What a part of a month moved when it ends as each currency stands; how it stands stays. */
    private static Ledgers upTo(Map<String, Ledger> standing, Map<String, List<Sum>> sums) {
        Map<String, Ledger> before = new TreeMap<>();
        Set<String> currencies = new TreeSet<>(standing.keySet());
        currencies.addAll(sums.keySet());
        currencies.forEach(currency -> {
            Ledger end = standing.getOrDefault(currency, Ledger.empty(currency));
            Ledger moved = after(Ledger.empty(currency), sums.getOrDefault(currency, List.of()));
            before.put(
                    currency,
                    Ledger.standing(
                            currency,
                            end.customersEnd() - moved.customersEnd(),
                            end.end().subtract(moved.end())));
        });
        return moved(before, sums);
    }

    /** From how each currency stood to how it stands. */
    private static Ledgers moved(Map<String, Ledger> standing, Map<String, List<Sum>> sums) {
        sums.keySet().forEach(currency -> standing.putIfAbsent(currency, Ledger.empty(currency)));
        standing.replaceAll((currency, before) -> after(before, sums.getOrDefault(currency, List.of())));
        return new Ledgers(standing.values().stream()
                .filter(ledger -> ledger.rows().values().stream().anyMatch(rows -> rows != 0))
                .toList());
    }

    private static Ledger after(Ledger before, List<Sum> sums) {
        Map<Move, BigDecimal> amounts = new EnumMap<>(Move.class);
        Map<Move, Long> rows = new EnumMap<>(Move.class);
        BigDecimal end = before.end();
        for (Sum sum : sums) {
            amounts.merge(sum.move(), sum.amount(), BigDecimal::add);
            rows.merge(sum.move(), sum.customers(), Long::sum);
            end = end.add(sum.amount());
        }
        long start = before.customersEnd();
        long lost = rows.getOrDefault(Move.CHURN, 0L);
        long came = rows.getOrDefault(Move.NEW, 0L) + rows.getOrDefault(Move.REACTIVATION, 0L);
        long moved = rows.getOrDefault(Move.EXPANSION, 0L)
                + rows.getOrDefault(Move.PRICE_ESCALATOR, 0L)
                + rows.getOrDefault(Move.CONTRACTION, 0L);
        // Who expands besides agreed prices is in two of these; the sums hold a row below zero for each.
        rows.put(Move.SAME, start - lost - moved - rows.getOrDefault(Move.SAME, 0L));
        return new Ledger(
                before.currency(),
                start,
                start - lost,
                start - lost + came,
                rows.getOrDefault(Move.IN_PERIOD, 0L),
                before.end(),
                end,
                before.end()
                        .add(amounts.getOrDefault(Move.CHURN, BigDecimal.ZERO))
                        .add(amounts.getOrDefault(Move.CONTRACTION, BigDecimal.ZERO)),
                amounts,
                rows);
    }
}
