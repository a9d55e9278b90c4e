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

    private final JdbcClient database;

    Terms(JdbcClient database) {
        this.database = database;
    }

    /**
     * A contract or a line of one.
     *
     * @param startsOn null for a contract that does not say
     * @param scheduledEndsOn the end as agreed, when it was cut short later
     * @param sold null for a contract: only lines are sold
     */
    record Term(
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate scheduledEndsOn,
            @Nullable Boolean autoRenew,
            @Nullable Sold sold) {

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

    /** Accounts without any are left out. Read once for a query, and for all instants of a span. */
    Map<AccountId, List<Term>> of(OverviewQuery query) {
        Span span = query.once().span();
        if (span != null) {
            LocalDate last = LocalDate.ofInstant(span.last(), ZoneOffset.UTC);
            return span.of(this, () -> read(span.accounts(), last));
        }
        return query.once().of(this, () -> read(query.accounts(), query.today()));
    }

    private Map<AccountId, List<Term>> read(Collection<AccountId> accounts, LocalDate last) {
        Map<AccountId, List<Term>> terms = new HashMap<>();
        if (accounts.isEmpty()) {
            return terms;
        }
        database.sql("""
                select account_id, starts_on, ends_on, scheduled_ends_on, auto_renew, annual, currency,
                    case when coalesce(lower(unit), 'users') in ('users', 'user', 'seats', 'seat', 'licences', 'licenses')
                        then seats end as seats,
                    escalator
                from contracts.contract_line where account_id = any(:accounts) and starts_on <= :last
                union all
                select account_id, starts_on, ends_on, scheduled_ends_on, auto_renew, null, null, null, null
                from contracts.contract where account_id = any(:accounts) and coalesce(starts_on, :last) <= :last
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("last", last)
                .query(row -> {
                    terms.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), account -> new ArrayList<>(2))
                            .add(term(row));
                });
        return terms;
    }

    private static Term term(ResultSet row) throws SQLException {
        BigDecimal annual = row.getBigDecimal(6);
        return new Term(
                row.getObject(2, LocalDate.class),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalDate.class),
                (Boolean) row.getObject(5),
                annual == null
                        ? null
                        : new Sold(annual, row.getBigDecimal(9), row.getString(7), (Integer) row.getObject(8)));
    }
}
