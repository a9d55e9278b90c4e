package io.perennial.cases;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.health.measures.Moments;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the cases of any number of accounts as they were known; see {@link CaseCount}. Weeks end with the day of the
 * query.
 */
@Component
class AccountCases {

    /** Weeks of history for the comparison with the account's own past. */
    static final int WEEKS = 30;

    private final JdbcClient database;

    AccountCases(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param weekly cases per week, oldest first, from the first case on, at least {@code 4} and at most
     *     {@link #WEEKS}
     * @param firstResponseHours median over cases opened in 90 days; null when none was answered
     */
    record Cases(
            AccountId account,
            int[] weekly,
            int open,
            int openUrgent,
            int oldestOpenDays,
            int reopened,
            int openedIn90Days,
            @Nullable Double firstResponseHours,
            int satisfied,
            int answers,
            @Nullable LocalDate answeredOn) {}

    /** Accounts that never asked are left out. Read once for a query, however often it is asked. */
    List<Cases> read(OverviewQuery query) {
        return query.once().of(this, () -> count(query));
    }

    private List<Cases> count(OverviewQuery query) {
        Span span = query.once().span();
        return span == null ? asked(query) : known(query, span.of(this, () -> read(span)));
    }

    private List<Cases> asked(OverviewQuery query) {
        Map<UUID, CaseCount> counts = HashMap.newHashMap(query.accounts().size());
        Function<UUID, CaseCount> fresh = account -> new CaseCount(query.asOf(), query.today());
        LocalDate since = since(query);
        database.sql(SELECT)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("since", since.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    counts.computeIfAbsent(row.getObject(1, UUID.class), fresh).add(one(row));
                });
        database.sql("""
                select k.account_id from unnest(:accounts) as k (account_id)
                where exists (
                    select from cases.support_case c where c.account_id = k.account_id and c.opened_at < :since)
                """)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("since", since.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    counts.computeIfAbsent(row.getObject(1, UUID.class), fresh).askedBefore(since.minusDays(1));
                });
        List<Cases> cases = new ArrayList<>(counts.size());
        counts.forEach((account, count) -> cases.add(count.of(new AccountId(account))));
        return cases;
    }

    private static LocalDate since(OverviewQuery query) {
        return query.today().minusDays(7L * WEEKS);
    }

    /** Every case that was opened before the last instant, by account. */
    private Map<AccountId, List<CaseCount.Case>> read(Span span) {
        Map<AccountId, List<CaseCount.Case>> cases = new HashMap<>();
        database.sql(SELECT)
                .param("accounts", AccountIds.array(span.accounts()))
                .param("asOf", span.last().atOffset(ZoneOffset.UTC))
                .param("since", LocalDate.ofYearDay(1, 1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    cases.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), account -> new ArrayList<>())
                            .add(one(row));
                });
        return cases;
    }

    private static List<Cases> known(OverviewQuery query, Map<AccountId, List<CaseCount.Case>> all) {
        Instant since = since(query).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Cases> cases = new ArrayList<>(query.accounts().size());
        for (AccountId account : query.accounts()) {
            CaseCount count = null;
            for (CaseCount.Case one : all.getOrDefault(account, List.of())) {
                if (one.openedAt().isBefore(query.asOf())) {
                    count = count == null ? new CaseCount(query.asOf(), query.today()) : count;
                    if (one.openedAt().isBefore(since)) {
                        count.askedBefore(since(query).minusDays(1));
                    }
                    if (!one.openedAt().isBefore(since) || one.mattersFrom(since)) {
                        count.add(one);
                    }
                }
            }
            if (count != null) {
                cases.add(count.of(account));
            }
        }
        return cases;
    }

    /** A case is opened, answered or ended at an instant, which may lie ahead when it is recorded. */
    void moments(Instant from, Instant to, Moments into) {
        database.sql("""
                select account_id, max(greatest(
                    case when opened_at >= :from and opened_at < :to then opened_at end,
                    case when first_response_at >= :from and first_response_at < :to then first_response_at end,
                    case when answered_at >= :from and answered_at < :to then answered_at end,
                    case when resolved_at >= :from and resolved_at < :to then resolved_at end,
                    case when closed_at >= :from and closed_at < :to then closed_at end)) as moment
                from (select *, opened_at + round(first_response_minutes * 60) * interval '1 second' as answered_at
                      from cases.support_case) c
                where opened_at >= :from and opened_at < :to
                    or first_response_at >= :from and first_response_at < :to
                    or answered_at >= :from and answered_at < :to
                    or resolved_at >= :from and resolved_at < :to
                    or closed_at >= :from and closed_at < :to
                group by account_id
                """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    into.at(new AccountId(row.getObject(1, UUID.class)), Objects.requireNonNull(instant(row, 2)));
                });
    }

    private static CaseCount.Case one(ResultSet row) throws SQLException {
        double given = row.getDouble(4);
        Double minutes = row.wasNull() ? null : Double.valueOf(given);
        return new CaseCount.Case(
                Objects.requireNonNull(instant(row, 2)),
                instant(row, 3),
                minutes,
                instant(row, 5),
                instant(row, 6),
                row.getString(7),
                row.getInt(8),
                row.getBigDecimal(9),
                row.getBigDecimal(10));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Older cases matter while they are open, and after they ended while the end or its answer counts. */
    private static final String SELECT = """
            select account_id, opened_at, first_response_at, first_response_minutes::double precision, resolved_at,
                closed_at, priority, reopened, satisfaction, satisfaction_scale
            from cases.support_case
            where account_id = any(:accounts) and opened_at < :asOf
                and (opened_at >= :since or coalesce(greatest(resolved_at, closed_at), 'infinity') >= :since)
            """;
}
