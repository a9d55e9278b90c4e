package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.math.BigDecimal;
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

        /** The end as it was known on that day: a cut that came later is not known yet. */
        @Nullable
        LocalDate endKnownOn(LocalDate day) {
            return endsOn != null && !endsOn.isAfter(day) || scheduledEndsOn == null ? endsOn : scheduledEndsOn;
        }
    }

    /** @param seats null when the line is not sold by seats */
    record Sold(
            BigDecimal annual, String currency, @Nullable Integer seats) {}

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
                        then seats end as seats
                from contracts.contract_line where account_id = any(:accounts) and starts_on <= :last
                union all
                select account_id, starts_on, ends_on, scheduled_ends_on, auto_renew, null, null, null
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
                annual == null ? null : new Sold(annual, row.getString(7), (Integer) row.getObject(8)));
    }
}
