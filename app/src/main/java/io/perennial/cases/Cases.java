package io.perennial.cases;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases of one account. Whoever asks has checked that the viewer may see the account. */
@Component
public class Cases {

    private static final long SECONDS_PER_MINUTE = 60;

    private final JdbcClient database;

    Cases(JdbcClient database) {
        this.database = database;
    }

    public record Count(int all, int open) {}

    public Count count(AccountId account, Instant now) {
        return database.sql("""
                select count(*)::int as all_cases,
                    count(*) filter (where coalesce(resolved_at, closed_at) is null
                        or coalesce(resolved_at, closed_at) > :now)::int as open
                from cases.support_case where account_id = :account
                """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Count(row.getInt("all_cases"), row.getInt("open")))
                .single();
    }

    /** Open cases first, then the latest. */
    public List<CaseCard> of(AccountId account, Instant now, int limit) {
        return database.sql(COLUMNS + """
                where account_id = :account
                order by coalesce(resolved_at, closed_at, 'infinity') > :now desc, opened_at desc, id
                limit :limit
                """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> card(row))
                .list();
    }

    /** Cases that were opened or resolved before that instant, latest event first. */
    List<CaseCard> eventful(AccountId account, Instant before, int limit) {
        return database.sql(COLUMNS + """
                where account_id = :account and opened_at < :before
                order by case when resolved_at < :before then greatest(resolved_at, opened_at) else opened_at end desc, id
                limit :limit
                """)
                .param("account", account.value())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> card(row))
                .list();
    }

    private static CaseCard card(ResultSet row) throws SQLException {
        Instant opened = row.getTimestamp("opened_at").toInstant();
        return new CaseCard(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getString("subject"),
                row.getObject("contact_id", UUID.class),
                opened,
                firstResponse(opened, instant(row, "first_response_at"), row.getBigDecimal("first_response_minutes")),
                instant(row, "resolved_at"),
                instant(row, "closed_at"),
                row.getString("status"),
                row.getString("priority"),
                row.getString("cause"),
                row.getString("product"),
                row.getString("assignee"),
                row.getBigDecimal("satisfaction"),
                row.getBigDecimal("satisfaction_scale"),
                row.getInt("reopened"),
                row.getBoolean("escalated"));
    }

    private static @Nullable Duration firstResponse(
            Instant opened, @Nullable Instant answered, @Nullable BigDecimal minutes) {
        if (answered != null) {
            return answered.isBefore(opened) ? Duration.ZERO : Duration.between(opened, answered);
        }
        return minutes == null
                ? null
                : Duration.ofSeconds(
                        minutes.multiply(BigDecimal.valueOf(SECONDS_PER_MINUTE)).longValue());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static final String COLUMNS = """
            select id, external_id, subject, contact_id, opened_at, first_response_at, first_response_minutes,
                resolved_at, closed_at, status, priority, cause, product, assignee, satisfaction,
                satisfaction_scale, reopened, escalated
            from cases.support_case
            """;
}
