package io.perennial.surveys;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.identity.Viewer;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Closes the loop with the unhappy: one task for one answer, ever, with a day by which somebody calls. */
@Component
@Transactional
public class FollowUps {

    public static final int PAGE = 50;

    private static final int LONGEST_NOTE = 3_500;

    private final JdbcClient database;
    private final Tasks tasks;
    private final Outbox outbox;
    private final Clock clock;

    FollowUps(JdbcClient database, Tasks tasks, Outbox outbox, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record Caller(
            @Nullable UUID id,
            @Nullable String name,
            @Nullable String email) {}

    /** Changing the answer, also to a worse one, makes no second task and no second letter. */
    void make(SurveyAnswers.Found found, UUID response, int score, String comment) {
        boolean made = database.sql("select exists (select from surveys.follow_up where response_id = :id)")
                .param("id", response)
                .query(Boolean.class)
                .single();
        if (made) {
            return;
        }
        Survey survey = found.survey();
        LocalDate due = today().plusDays(survey.care().followUpDays());
        Caller caller = database.sql("""
                        select m.id, m.name, p.email from accounts.account a
                        left join lateral (
                            select m.id, m.name from identity.team_member m
                            where m.active and m.id in (a.owner_id, cast(:fallback as uuid)) order by m.id = a.owner_id desc limit 1
                        ) m on true
                        left join accounts.contact p on p.id = :contact
                        where a.id = :account
                        """)
                .param("fallback", survey.care().followUpOwner())
                .param("contact", found.contact())
                .param("account", found.account().value())
                .query((row, number) -> new Caller(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .single();
        String answer = score + " of " + survey.kind().best();
        String words = comment.length() > LONGEST_NOTE ? comment.substring(0, LONGEST_NOTE) + "…" : comment;
        Tasks.Created task = tasks.createFor(
                found.account(),
                new NewTask(
                        "Call " + shortened(found.person(), 100) + ": " + answer + " in “" + survey.name() + "”",
                        (words.isEmpty() ? "No comment." : "“" + words + "”") + " /surveys/answers/" + response,
                        "survey",
                        due,
                        caller.id(),
                        null),
                Actor.SYSTEM);
        database.sql("""
                insert into surveys.follow_up (response_id, account_id, task_id, due_on, made_at)
                values (:response, :account, :task, :due, :now)
                """)
                .param("response", response)
                .param("account", found.account().value())
                .param("task", task.task())
                .param("due", due)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        String email = caller.email();
        if (survey.care().heardLetter() && email != null && MailAddress.isAddress(email)) {
            heard(found, email, caller.name(), due);
        }
    }

    private void heard(SurveyAnswers.Found found, String email, @Nullable String caller, LocalDate due) {
        AskingWords words = AskingWords.in(found.survey().spoken(found.language()));
        String greeting = AskingText.fill(
                words.opening().split("\n", 2)[0],
                Map.of(
                        "contact.name",
                        found.person(),
                        "contact.first_name",
                        found.person().strip().split("\\s", 2)[0]));
        outbox.post(
                new Letter(
                        "survey-heard:" + found.id(),
                        email,
                        found.person(),
                        words.heardSubject(),
                        greeting + "\n\n"
                                + words.heard()
                                        .formatted(
                                                caller == null ? words.colleague() : caller,
                                                SurveyLetters.day(due, words.language()))
                                + "\n",
                        null,
                        Map.of(),
                        List.of(),
                        SurveyGuard.HEARD,
                        found.account().value(),
                        found.contact()),
                Actor.SYSTEM);
    }

    private static String shortened(String text, int most) {
        String name = text.isBlank() ? "the customer" : text.strip();
        return name.length() > most ? name.substring(0, most - 1) + "…" : name;
    }

    /**
     * A follow-up with what became of it.
     *
     * @param scoreNow the answer as it stands, which may have been changed since
     */
    public record Row(
            UUID response,
            AccountId account,
            String accountName,
            @Nullable String person,
            @Nullable String survey,
            String kind,
            int scoreNow,
            int best,
            @Nullable String comment,
            @Nullable String owner,
            LocalDate dueOn,
            @Nullable LocalDate doneOn,
            @Nullable String outcome,
            UUID task) {

        public boolean isOpen() {
            return doneOn == null;
        }

        public boolean isLate(LocalDate today) {
            LocalDate end = doneOn == null ? today : doneOn;
            return end.isAfter(dueOn);
        }
    }

    /**
     * Of follow-ups that were due by today.
     *
     * @param inTime closed on the due day or before
     * @param late closed later
     * @param overdue not closed
     */
    public record Kept(long due, long inTime, long late, long overdue, long open) {

        /** Share of what was due that was closed in time; null when nothing was due. */
        public @Nullable Estimate share() {
            return due == 0 ? null : Estimate.share(inTime, due);
        }
    }

    /** Over the last 365 days. @param survey null for all */
    @Transactional(readOnly = true)
    public Kept kept(@Nullable UUID survey, Viewer viewer) {
        return database.sql("""
                select count(*) filter (where f.due_on < :today or t.done_at is not null) as due,
                    count(*) filter (where (t.done_at at time zone 'UTC')::date <= f.due_on) as in_time,
                    count(*) filter (where (t.done_at at time zone 'UTC')::date > f.due_on) as late,
                    count(*) filter (where t.done_at is null and f.due_on < :today) as overdue,
                    count(*) filter (where t.done_at is null) as open
                from surveys.follow_up f
                join accounts.account a on a.id = f.account_id
                join engagement.task t on t.id = f.task_id
                left join surveys.invitation i on i.response_id = f.response_id
                where f.made_at > :since and (:everything or a.owner_id = :me) and (cast(:survey as uuid) is null or i.survey_id = :survey)
                """)
                .param("today", today())
                .param("since", Timestamp.from(clock.instant().minus(SurveyProtection.YEAR)))
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("survey", survey)
                .query((row, number) -> new Kept(
                        row.getLong("due"),
                        row.getLong("in_time"),
                        row.getLong("late"),
                        row.getLong("overdue"),
                        row.getLong("open")))
                .single();
    }

    /** Open ones by due day, or closed ones, latest first. */
    @Transactional(readOnly = true)
    public List<Row> rows(boolean open, int page, Viewer viewer) {
        return database.sql(ROWS
                        + (open
                                ? " and t.done_at is null order by f.due_on, f.response_id"
                                : " and t.done_at is not null order by t.done_at desc, f.response_id")
                        + " limit :most offset :skip")
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("response", null)
                .param("most", PAGE + 1)
                .param("skip", (long) (Math.max(1, page) - 1) * PAGE)
                .query((row, number) -> row(row))
                .list();
    }

    @Transactional(readOnly = true)
    public java.util.Optional<Row> of(UUID response, Viewer viewer) {
        return database.sql(ROWS + " limit 1")
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("response", response)
                .query((row, number) -> row(row))
                .optional();
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(
                row.getObject("response_id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("person"),
                row.getString("survey"),
                row.getString("kind"),
                row.getInt("score"),
                row.getInt("best"),
                row.getString("comment"),
                row.getString("owner"),
                row.getObject("due_on", LocalDate.class),
                row.getObject("done_on", LocalDate.class),
                row.getString("outcome"),
                row.getObject("task_id", UUID.class));
    }

    /**
     * The loop is closed, with what came of it.
     *
     * @return the change, to undo it by; null when it was closed already
     */
    public @Nullable UUID close(UUID response, String outcome, Viewer viewer) {
        if (outcome.isBlank()) {
            throw new SurveyRefused("outcome", "Say what came of it: that is what the next reader needs.");
        }
        Row row = of(response, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such answer in your portfolio."));
        return tasks.complete(row.task(), Objects.requireNonNull(outcome), viewer);
    }

    private static final String ROWS = """
            select f.*, a.name as account_name, p.name as person, r.survey, r.kind, round(r.score)::int as score,
                coalesce(r.scale_max, case r.kind when 'nps' then 10 else 5 end)::int as best, r.comment, m.name as owner,
                (t.done_at at time zone 'UTC')::date as done_on, t.outcome
            from surveys.follow_up f
            join surveys.survey_response r on r.id = f.response_id
            join accounts.account a on a.id = f.account_id
            join engagement.task t on t.id = f.task_id
            left join accounts.contact p on p.id = r.contact_id
            left join identity.team_member m on m.id = t.owner_id
            where (:everything or a.owner_id = :me) and (cast(:response as uuid) is null or f.response_id = :response)
            """;

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
