package io.perennial.cases;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the cases of any number of accounts in one statement, as they were known: a case that was solved later is
 * still open, an answer that came later is not there. Weeks end with the day of the query.
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

    List<Cases> read(MeasureQuery query) {
        return database.sql(SELECT)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("today", query.today())
                .query((row, number) -> cases(row))
                .list();
    }

    private static Cases cases(ResultSet row) throws SQLException {
        int weeks = Math.clamp(row.getInt("weeks_known"), 4, WEEKS);
        int[] weekly = new int[weeks];
        Array weeksAgo = row.getArray("weeks_ago");
        if (weeksAgo != null) {
            for (Integer ago : (Integer[]) weeksAgo.getArray()) {
                if (ago >= 0 && ago < weeks) {
                    weekly[weeks - 1 - ago]++;
                }
            }
        }
        return new Cases(
                new AccountId(row.getObject("account_id", UUID.class)),
                weekly,
                row.getInt("open"),
                row.getInt("open_urgent"),
                row.getInt("oldest_open_days"),
                row.getInt("reopened"),
                row.getInt("opened_90"),
                row.getObject("first_response_hours", Double.class),
                row.getInt("satisfied"),
                row.getInt("answers"),
                row.getObject("answered_on", LocalDate.class));
    }

    private static final String SELECT = """
            with known as (
                select account_id, priority, coalesce(reopened, 0) as reopened,
                    (opened_at at time zone 'UTC')::date as opened_on,
                    least(resolved_at, closed_at) as ended_at,
                    (least(resolved_at, closed_at) at time zone 'UTC')::date as ended_on,
                    coalesce(
                        extract(epoch from case when first_response_at < :asOf then first_response_at - opened_at end)
                            / 3600,
                        case when opened_at + first_response_minutes * interval '1 minute' < :asOf
                            then first_response_minutes / 60 end)::double precision as response_hours,
                    case when coalesce(closed_at, resolved_at, opened_at) < :asOf
                        then satisfaction / coalesce(nullif(satisfaction_scale, 0), 5) end as satisfaction,
                    (coalesce(closed_at, resolved_at, opened_at) at time zone 'UTC')::date as answered_on
                from cases.support_case
                where account_id = any(:accounts) and opened_at < :asOf
            ), judged as (
                select k.*, ended_at is null or ended_at >= :asOf as open,
                    satisfaction is not null and answered_on > cast(:today as date) - 180 as counts
                from known k
            )
            select account_id,
                ceil((cast(:today as date) - min(opened_on) + 1) / 7.0)::int as weeks_known,
                array_agg((cast(:today as date) - opened_on) / 7)
                    filter (where opened_on > cast(:today as date) - 210) as weeks_ago,
                count(*) filter (where open)::int as open,
                count(*) filter (where open and priority = 'urgent')::int as open_urgent,
                coalesce(cast(:today as date) - min(opened_on) filter (where open), 0) as oldest_open_days,
                coalesce(sum(reopened) filter (
                    where coalesce(case when not open then ended_on end, opened_on) > cast(:today as date) - 28
                        ), 0)::int as reopened,
                count(*) filter (where opened_on > cast(:today as date) - 90)::int as opened_90,
                percentile_cont(0.5) within group (order by response_hours)
                    filter (where opened_on > cast(:today as date) - 90 and response_hours >= 0)
                    as first_response_hours,
                count(*) filter (where counts and satisfaction >= 0.8)::int as satisfied,
                count(*) filter (where counts)::int as answers,
                max(answered_on) filter (where counts) as answered_on
            from judged
            group by account_id
            """;
}
