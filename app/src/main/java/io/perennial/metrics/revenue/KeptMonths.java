package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whole months of the whole company from sums that are kept by month. They hold each month's movements alone: with how much it starts is
 * what all months before it moved. Customers whom the sums do not hold as they are stay apart and are read one by one.
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

    private final JdbcClient database;

    KeptMonths(JdbcClient database) {
        this.database = database;
    }

    /**
     * Whole months within a period.
     *
     * @param end of the period, as far as it is known
     */
    record Months(LocalDate from, LocalDate until, LocalDate end) {}

    private record Sum(YearMonth month, String currency, Move move, long customers, BigDecimal amount) {}

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

    /** All customers but those who stay apart, month by month. */
    Map<String, Ledgers> read(Question question, Months months, boolean graced, String[] apart) {
        Map<YearMonth, Map<String, List<Sum>>> sums = new TreeMap<>();
        MovementSql.statement(database, SELECT, question.within(months.from(), months.until()), graced)
                .param("apart", apart)
                .query((row, number) -> new Sum(
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getString("currency"),
                        Move.of(row.getString("movement")).orElseThrow(),
                        row.getLong("customers"),
                        row.getBigDecimal("amount")))
                .list()
                .forEach(sum -> sums.computeIfAbsent(sum.month(), month -> new TreeMap<>())
                        .computeIfAbsent(sum.currency(), currency -> new ArrayList<>())
                        .add(sum));
        Map<String, Ledger> standing = new TreeMap<>();
        Map<String, Ledgers> ledgers = new LinkedHashMap<>();
        YearMonth first = YearMonth.from(months.from());
        moved(standing, sums.getOrDefault(first.minusMonths(1), Map.of()));
        for (YearMonth month = first; month.atDay(1).isBefore(months.until()); month = month.plusMonths(1)) {
            ledgers.put(month.toString(), moved(standing, sums.getOrDefault(month, Map.of())));
        }
        return ledgers;
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
