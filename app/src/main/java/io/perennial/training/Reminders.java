package io.perennial.training;

import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One letter before a course is due, ever. Of several courses due at about the same time somebody gets one letter. */
@Component
class Reminders {

    /** Days before the day on which a course is due. */
    static final int DAYS_BEFORE = 3;

    /** What is overdue for longer was brought in late, or nobody could be written to: a letter would only surprise. */
    private static final int DAYS_AFTER = 14;

    private static final int BATCH = 200;

    private final JdbcClient database;
    private final Outbox outbox;
    private final Clock clock;

    Reminders(JdbcClient database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record Due(
            UUID id,
            UUID account,
            UUID contact,
            String name,
            @Nullable String email,
            @Nullable String language,
            String course,
            @Nullable String url,
            @Nullable Integer minutes,
            LocalDate dueOn,
            @Nullable String owner) {}

    /** @return how many people were looked at; zero when nobody is left */
    @Transactional
    int one() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<UUID> people = database.sql("""
                select contact_id from (
                    select s.contact_id, s.due_on from training.assignment s
                    where s.completed_on is null and s.removed_on is null and s.reminded_on is null and s.waits is null
                      and s.due_on between cast(:today as date) - :after and cast(:today as date) + :before
                    order by s.due_on, s.id limit :batch for update skip locked) due
                group by contact_id
                """)
                .param("today", today)
                .param("after", DAYS_AFTER)
                .param("before", DAYS_BEFORE)
                .param("batch", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (people.isEmpty()) {
            return 0;
        }
        Map<UUID, List<Due>> due = database
                .sql("""
                select s.id, s.account_id, s.contact_id, c.name, c.email, coalesce(c.language, a.language) as language,
                    k.name as course, k.url, k.minutes, s.due_on, m.name as owner
                from training.assignment s
                join training.course k on k.id = s.course_id
                join accounts.account a on a.id = s.account_id
                join accounts.contact c on c.id = s.contact_id
                left join identity.team_member m on m.id = a.owner_id
                where s.contact_id = any(:people) and s.completed_on is null and s.removed_on is null
                  and s.reminded_on is null and s.waits is null
                  and s.due_on between cast(:today as date) - :after and cast(:today as date) + :before
                order by s.contact_id, s.due_on, s.id
                """)
                .param("people", people.toArray(UUID[]::new))
                .param("today", today)
                .param("after", DAYS_AFTER)
                .param("before", DAYS_BEFORE)
                .query((row, number) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("language"),
                        row.getString("course"),
                        row.getString("url"),
                        row.getObject("minutes", Integer.class),
                        row.getObject("due_on", LocalDate.class),
                        row.getString("owner")))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.groupingBy(Due::contact));
        due.values().forEach(one -> remind(one, today));
        return people.size();
    }

    private void remind(List<Due> due, LocalDate today) {
        Due first = due.getFirst();
        String mail = first.email();
        UUID letter =
                mail == null || !MailAddress.isAddress(mail) ? null : outbox.post(letter(due, mail), Actor.SYSTEM);
        database.sql("update training.assignment set reminded_on = :today, letter_id = :letter where id = any(:ids)")
                .param("today", today)
                .param("letter", letter, Types.OTHER)
                .param("ids", due.stream().map(Due::id).toArray(UUID[]::new))
                .update();
    }

    private static Letter letter(List<Due> due, String mail) {
        Due first = due.getFirst();
        boolean german = first.language() != null
                && first.language().toLowerCase(Locale.ROOT).startsWith("de");
        DateTimeFormatter day = german
                ? DateTimeFormatter.ofPattern("d. MMMM uuuu", Locale.GERMAN)
                : DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
        StringBuilder text = new StringBuilder();
        text.append(german ? "Guten Tag " : "Dear ").append(first.name()).append(",\n\n");
        text.append(german ? "das wollten Sie lernen:\n" : "this is what you wanted to learn:\n");
        for (Due one : due) {
            text.append("\n- ")
                    .append(one.course())
                    .append(german ? ", bis " : ", by ")
                    .append(day.format(one.dueOn()))
                    .append(one.minutes() == null ? "" : german ? ", etwa " : ", about ")
                    .append(one.minutes() == null ? "" : one.minutes() + (german ? " Minuten" : " minutes"))
                    .append(one.url() == null ? "" : "\n  " + one.url());
        }
        text.append(
                german
                        ? "\n\nPasst es gerade nicht? Antworten Sie einfach, dann finden wir einen anderen Tag."
                        : "\n\nIs it a bad time? Just answer, and we find another day.");
        String owner = first.owner();
        text.append(owner == null ? "\n" : "\n\n" + owner + "\n");
        return new Letter(
                "training:" + first.id() + ":reminder",
                mail,
                first.name(),
                (german ? "Ihr Kurs: " : "Your course: ")
                        + first.course()
                        + (due.size() == 1 ? "" : german ? " und mehr" : " and more"),
                text.toString(),
                null,
                Map.of(),
                List.of(),
                "training-reminder",
                first.account(),
                Objects.requireNonNull(first.contact()));
    }
}
