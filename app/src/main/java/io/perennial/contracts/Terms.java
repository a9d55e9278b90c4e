package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads contracts and their lines as they are written down; what ran on a day follows from them. */
@Component
class Terms {

    /** Prices of a year that rose are kept to a hundredth of a cent. */
    private static final int PLACES = 4;

    private static final int MOST_YEARS = 20;

    /** Up to so many accounts are read by the plan that is kept for few. */
    private static final int FEW = 10;

    /** A row of {@code contracts.lines} as the functions of lines that go on take it. */
    static final String GOING_ON = """
            row(r.line_id, r.account_id, r.contract_id, r.product, r.currency, r.annual, r.starts_on, r.ends_on, r.runs_until, r.exact,
                r.months, r.cancelled, r.escalator, r.uplift, r.discount, r.discount_ends_on, r.moves)::contracts.going_on""";

    private static final String SEATS = """
            case when coalesce(lower(l.unit), 'users') in ('users', 'user', 'seats', 'seat', 'licences', 'licenses')
                        then l.seats end as seats""";

    /**
     * Most accounts bring what their lines say. Not so those whose lines go on by themselves or are replaced, or have a discount that
     * ends, and those that became one with another.
     */
    private static final String APART = """
            select l.account_id
            from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
            where l.account_id = any(:accounts) and l.starts_on <= :last
              and (l.ends_on <= :last and coalesce(l.auto_renew, c.auto_renew)
                or l.discount_ends_on is not null
                or exists (select from contracts.contract n where n.replaces = l.contract_id))
            union
            select m.account_id from contracts.account_merger m where m.account_id = any(:accounts)
            union
            select m.root from contracts.merged m where m.root = any(:accounts)
            """;

    private static final String CONTRACTS = """
            select c.account_id, c.starts_on, nullif(least(c.ends_on, e.day), 'infinity'),
                case when e.day < coalesce(c.ends_on, 'infinity') then coalesce(c.scheduled_ends_on, c.ends_on)
                    else c.scheduled_ends_on end, c.auto_renew, null, null, null, null, false
            from contracts.contract c
            left join ( -- where there are lines, they say whether it still runs; for the next month's line a month is waited
                select l.contract_id, max(coalesce({runs_until}, 'infinity')
                    + case when l.scheduled_ends_on is null and l.ends_on - l.starts_on <= 31 then 31 else 0 end) as day
                from contracts.contract_line l {ran}
                where l.account_id = any(:accounts) and l.contract_id is not null
                group by 1) e on e.contract_id = c.id
            where c.account_id = any(:accounts) and coalesce(c.starts_on, :last) <= :last
            """;

    private static final String AS_WRITTEN = """
            select l.account_id, l.starts_on, l.ends_on, l.scheduled_ends_on, l.auto_renew, l.annual, l.currency,
                {seats}, l.escalator, false as money
            from contracts.contract_line l
            where l.account_id = any(:accounts) and l.starts_on <= :last
            union all {contracts}
            union all
            select c.account_id, c.cancelled_on, coalesce(c.effective_on, c.cancelled_on), null, null, null, null, null, null, null
            from contracts.cancellation c
            where c.account_id = any(:accounts) and c.cancelled_on <= :last and c.reactivated is not true
            """.replace(
                    "{contracts}",
                    CONTRACTS.replace("{runs_until}", "l.ends_on").replace("{ran}", ""))
            .replace("{seats}", SEATS);

    /** Their lines say what was agreed, and the ledger says the money. */
    private static final String AS_IT_RAN = """
            with ran as materialized (
                select * from contracts.lines(:accounts)
            )
            select r.account_id, l.starts_on, nullif(r.ends_on, 'infinity'),
                case when r.replaced then null else l.scheduled_ends_on end, l.auto_renew, 0, l.currency, {seats}, null, false
            from ran r
            cross join lateral ( -- by their keys: a function does not say how few lines it gives, and all would be read
                select * from contracts.contract_line l where l.id = r.line_id offset 0) l
            where l.starts_on <= :last
            union all
            select r.account_id, t.from_day, nullif(t.until_day, 'infinity'), null, true, 0, l.currency, {seats}, null, false
            from ran r
            cross join lateral contracts.terms_of({going_on}, :last) t
            cross join lateral (select * from contracts.contract_line l where l.id = r.line_id offset 0) l
            where r.runs_until > r.ends_on
            union all
            select v.account_id, v.from_day, nullif(v.until_day, 'infinity'), null, null, v.annual, v.currency, null, null, true
            from contracts.levels(:accounts, 0) v
            where v.from_day <= :last
            union all {contracts}
              and c.account_id not in (select m.account_id from contracts.account_merger m)
            union all
            select m.root, c.cancelled_on, coalesce(c.effective_on, c.cancelled_on), null, null, null, null, null, null, null
            from contracts.members(:accounts) m join contracts.cancellation c on c.account_id = m.account_id
            where c.cancelled_on <= :last and c.reactivated is not true
            union all
            select r.account_id, r.starts_on, r.runs_until, null, null, null, null, null, null, null from ran r where r.cancelled
            """.replace(
                    "{contracts}",
                    CONTRACTS
                            .replace("{runs_until}", "r.runs_until, l.ends_on")
                            .replace("{ran}", "left join ran r on r.line_id = l.id"))
            .replace("{seats}", SEATS)
            .replace("{going_on}", GOING_ON);

    private static final String AS_IT_RAN_FOR_FEW = AS_IT_RAN
            .replace("contracts.lines(", "contracts.lines_of_few(")
            .replace("contracts.levels(", "contracts.levels_of_few(");

    private final JdbcClient database;

    Terms(JdbcClient database) {
        this.database = database;
    }

    /**
     * A contract, a line of one, a term that began by itself, or money alone.
     *
     * @param startsOn null for a contract that does not say
     * @param scheduledEndsOn the end as agreed, when it was cut short later
     * @param sold null for a contract: only lines are sold
     * @param money what an account brings on these days, where its lines alone do not say it; nothing is agreed by it
     */
    record Term(
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate scheduledEndsOn,
            @Nullable Boolean autoRenew,
            @Nullable Sold sold,
            boolean money) {

        boolean begunOn(LocalDate day) {
            return startsOn != null && !startsOn.isAfter(day);
        }

        boolean notEndedOn(LocalDate day) {
            return endsOn == null || endsOn.isAfter(day);
        }

        boolean runsOn(LocalDate day) {
            return begunOn(day) && notEndedOn(day);
        }

        /** What it brings in a year on a day on which it runs; nothing for a contract. */
        BigDecimal annualOn(LocalDate day) {
            return sold == null || startsOn == null ? BigDecimal.ZERO : sold.annual(startsOn, day);
        }

        /** The end as it was known on that day: a cut that came later is not known yet. */
        @Nullable
        LocalDate endKnownOn(LocalDate day) {
            return endsOn != null && !endsOn.isAfter(day) || scheduledEndsOn == null ? endsOn : scheduledEndsOn;
        }
    }

    /**
     * @param annual what it brings in a year at its beginning
     * @param escalator share by which it is dearer from each anniversary on; null for a price that stays
     * @param seats null when the line is not sold by seats
     */
    record Sold(
            BigDecimal annual,
            @Nullable BigDecimal escalator,
            String currency,
            @Nullable Integer seats) {

        /** On a day in the term that began on the first of both; as {@code contracts.escalations} says it. */
        BigDecimal annual(LocalDate begun, LocalDate day) {
            if (escalator == null || escalator.signum() == 0) {
                return annual;
            }
            int years = 0;
            while (years < MOST_YEARS && !begun.plusYears(years + 1L).isAfter(day)) {
                years++;
            }
            return years == 0
                    ? annual
                    : annual.multiply(BigDecimal.ONE.add(escalator).pow(years)).setScale(PLACES, RoundingMode.HALF_UP);
        }
    }

    /**
     * Notice that was given.
     *
     * @param saidOn when it became known
     * @param lostOn the day that it names, or on which it was given
     */
    record Loss(LocalDate saidOn, LocalDate lostOn) {}

    /**
     * What the facts say of one account.
     *
     * @param grace days for which a late renewal is waited for when all has ended
     */
    record Known(List<Term> terms, List<Loss> losses, int grace) {

        static final Known NOTHING = new Known(List.of(), List.of(), 0);
    }

    /** Accounts without any are left out. Read once for a query, and for all instants of a span. */
    Map<AccountId, Known> of(OverviewQuery query) {
        Span span = query.once().span();
        if (span != null) {
            LocalDate last = LocalDate.ofInstant(span.last(), ZoneOffset.UTC);
            return span.of(this, () -> read(span.accounts(), last));
        }
        return query.once().of(this, () -> read(query.accounts(), query.today()));
    }

    private Map<AccountId, Known> read(Collection<AccountId> accounts, LocalDate last) {
        Map<AccountId, Known> known = new HashMap<>();
        if (accounts.isEmpty()) {
            return known;
        }
        int grace = database.sql("select contracts.grace_days()")
                .query(Integer.class)
                .single();
        Set<AccountId> apart = Set.copyOf(database.sql(APART)
                .param("accounts", AccountIds.array(accounts))
                .param("last", last)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
        read(
                AS_WRITTEN,
                accounts.stream().filter(account -> !apart.contains(account)).toList(),
                last,
                grace,
                known);
        read(apart.size() > FEW ? AS_IT_RAN : AS_IT_RAN_FOR_FEW, apart, last, grace, known);
        return known;
    }

    private void read(
            String select, Collection<AccountId> accounts, LocalDate last, int grace, Map<AccountId, Known> into) {
        if (accounts.isEmpty()) {
            return;
        }
        database.sql(select)
                .param("accounts", AccountIds.array(accounts))
                .param("last", last)
                .query(row -> {
                    Known own = into.computeIfAbsent(
                            new AccountId(row.getObject(1, UUID.class)),
                            account -> new Known(new ArrayList<>(2), new ArrayList<>(0), grace));
                    Boolean money = (Boolean) row.getObject(10);
                    if (money == null) {
                        own.losses()
                                .add(new Loss(row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)));
                    } else {
                        own.terms().add(term(row, money));
                    }
                });
    }

    private static Term term(ResultSet row, boolean money) throws SQLException {
        BigDecimal annual = row.getBigDecimal(6);
        return new Term(
                row.getObject(2, LocalDate.class),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalDate.class),
                (Boolean) row.getObject(5),
                annual == null
                        ? null
                        : new Sold(annual, row.getBigDecimal(9), row.getString(7), (Integer) row.getObject(8)),
                money);
    }
}
