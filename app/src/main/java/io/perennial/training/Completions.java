package io.perennial.training;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who learned what, and what they may call themselves for it. */
@Component
public class Completions {

    private final JdbcClient database;
    private final Courses courses;
    private final TrainingGate gate;
    private final Accounts accounts;
    private final Records records;
    private final Clock clock;

    Completions(
            JdbcClient database, Courses courses, TrainingGate gate, Accounts accounts, Records records, Clock clock) {
        this.database = database;
        this.courses = courses;
        this.gate = gate;
        this.accounts = accounts;
        this.records = records;
        this.clock = clock;
    }

    /** What somebody has completed. @param expiresOn null for never */
    public record Held(
            UUID account,
            String accountName,
            UUID contact,
            String contactName,
            UUID course,
            String courseName,
            @Nullable String badge,
            LocalDate completedOn,
            @Nullable LocalDate expiresOn) {

        public boolean isExpired(LocalDate today) {
            return expiresOn != null && expiresOn.isBefore(today);
        }
    }

    /** @param contact whose badge it is */
    public record Badge(UUID contact, String name) {}

    private static final String HELD = """
            select h.*, a.name as account_name, c.name as contact_name, k.name as course_name, k.badge
            from training.held h
            join accounts.account a on a.id = h.account_id
            join accounts.contact c on c.id = h.contact_id
            join training.course k on k.id = h.course_id
            """;

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Held> completed(AccountId account) {
        return database.sql(HELD + " where h.account_id = :account order by h.completed_on desc, h.id limit :most")
                .param("account", account.value())
                .param("most", Assignments.SHOWN)
                .query(Completions::held)
                .list();
    }

    @Transactional(readOnly = true)
    public List<Held> completed(UUID course, Viewer viewer) {
        return database.sql(HELD + """
                where h.course_id = :course and (:everything or a.owner_id = :member)
                order by h.completed_on desc, h.id limit :most
                """)
                .param("course", course)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", Assignments.SHOWN)
                .query(Completions::held)
                .list();
    }

    /** What people of an account may call themselves today, for courses and whole paths. */
    @Transactional(readOnly = true)
    public List<Badge> badges(AccountId account) {
        return database.sql("""
                with valid as (
                    select distinct h.contact_id, h.course_id from training.held h
                    where h.account_id = :account and (h.expires_on is null or h.expires_on >= :today))
                select v.contact_id, k.badge from valid v join training.course k on k.id = v.course_id where k.badge is not null
                union
                select v.contact_id, p.badge from valid v
                join training.path_course c on c.course_id = v.course_id join training.path p on p.id = c.path_id
                where p.badge is not null
                group by v.contact_id, p.id, p.badge
                having count(*) = (select count(*) from training.path_course all_of where all_of.path_id = p.id)
                order by 1, 2 limit 500
                """)
                .param("account", account.value())
                .param("today", today())
                .query((row, number) -> new Badge(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    /** Somebody completed a course, as a person tells us. Written as a record, so that it is audited and undone as one. */
    @Transactional
    public void complete(
            AccountId account, UUID contact, UUID course, LocalDate on, Actor actor, @Nullable Viewer viewer) {
        gate.requireWork(account, viewer);
        if (on.isAfter(today())) {
            throw new Refused("That day is still to come.");
        }
        Course known = courses.find(course).orElseThrow(() -> new NoSuchElementException("There is no such course."));
        Contact person = accounts.contacts(account).stream()
                .filter(one -> one.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new Refused("Choose somebody of the account."));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", accounts.find(account).orElseThrow().externalId());
        values.put("contact", person.externalId());
        values.put("course", known.externalId());
        values.put("completed_on", on.toString());
        RowOutcome outcome = records.upsert(
                        records.type(TrainingRecords.COMPLETIONS).orElseThrow(),
                        List.of(new RecordRow(1, "completion-" + contact + "-" + course + "-" + on, values, Map.of())),
                        actor,
                        new Records.Write(null, person.name() + " completed " + known.name(), Records.Formats.ISO))
                .getFirst();
        if (outcome.result() == RowOutcome.Result.INVALID) {
            throw new Refused("It could not be written: " + outcome.problems());
        }
    }

    private static Held held(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Held(
                row.getObject("account_id", UUID.class),
                row.getString("account_name"),
                row.getObject("contact_id", UUID.class),
                row.getString("contact_name"),
                row.getObject("course_id", UUID.class),
                row.getString("course_name"),
                row.getString("badge"),
                Objects.requireNonNull(row.getObject("completed_on", LocalDate.class)),
                row.getObject("expires_on", LocalDate.class));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
