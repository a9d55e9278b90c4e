package io.perennial.knowledge;

import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Visits of customers to self-service, as far as deflection needs them: began, began to ask for help, opened a case. The
 * places where customers visit call this: so far the links that they were sent.
 */
@Component
@Transactional
public class SelfService {

    static final Duration WAIT = Duration.ofHours(24);

    private final JdbcClient database;
    private final Clock clock;

    SelfService(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return identity of the visit, to be kept in the visitor's session */
    public UUID began() {
        UUID id = Ids.next();
        database.sql("insert into knowledge.self_service_session (id, started_at) values (:id, :now)")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    /** The visitor opened the form for a case. The first time counts. */
    public void askedForHelp(UUID visit) {
        note(
                "update knowledge.self_service_session set intended_at = :now where id = :id and intended_at is null",
                visit);
    }

    /** The visitor, or somebody for them, opened a case about it. The first time counts. */
    public void openedCase(UUID visit) {
        note(
                "update knowledge.self_service_session set case_opened_at = :now where id = :id and case_opened_at is null",
                visit);
    }

    private void note(String sql, UUID visit) {
        database.sql(sql)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", visit)
                .update();
    }

    /**
     * @param visits all of the period, with intent or not
     * @param undecided visits with intent whose 24 hours are not over
     * @param share empty when there is no visit to judge by
     */
    public record Figure(long visits, long withIntent, long withoutCase, long undecided, OptionalDouble share) {

        /** Why there is no value; empty when there is one. */
        public String reason() {
            if (share.isPresent()) {
                return "";
            }
            if (visits == 0) {
                return "Nobody opened an article that we sent, so nobody could be kept from needing a case.";
            }
            return undecided > 0
                    ? "The visits with a question are less than 24 hours old."
                    : "No visitor began to ask for help.";
        }
    }

    @Transactional(readOnly = true)
    public Figure deflection(int days) {
        Instant now = clock.instant();
        return deflection(now.minus(Duration.ofDays(days)), now.plusNanos(1_000));
    }

    /** Of visits that began in the half-open period. */
    @Transactional(readOnly = true)
    public Figure deflection(Instant from, Instant until) {
        Instant now = clock.instant();
        return database.sql("""
                select count(*) as visits,
                    count(*) filter (where intended_at <= :decided) as with_intent,
                    count(*) filter (where intended_at <= :decided
                        and (case_opened_at is null or case_opened_at > intended_at + interval '24 hours')) as without_case,
                    count(*) filter (where intended_at > :decided) as undecided
                from knowledge.self_service_session where started_at >= :since and started_at < :until
                """)
                .param("decided", Timestamp.from(now.minus(WAIT)))
                .param("since", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query((row, number) -> new Figure(
                        row.getLong("visits"),
                        row.getLong("with_intent"),
                        row.getLong("without_case"),
                        row.getLong("undecided"),
                        Deflection.observed(row.getLong("with_intent"), row.getLong("without_case"))))
                .single();
    }
}
