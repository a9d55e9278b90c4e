package io.perennial.engagement.interviews;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.engagement.interviews.Questionnaire.Question;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps interviews with their answers. An interview is a conversation too, on the timeline and against silence; what follows from an
 * answer is a task, once.
 */
@Component
@Transactional
public class Interviews {

    private static final int TASK_DAYS = 7;

    private final Records records;
    private final Questionnaires questionnaires;
    private final InterviewRows rows;
    private final Accounts accounts;
    private final Tasks tasks;
    private final JdbcClient database;
    private final Clock clock;

    Interviews(
            Records records,
            Questionnaires questionnaires,
            InterviewRows rows,
            Accounts accounts,
            Tasks tasks,
            JdbcClient database,
            Clock clock) {
        this.records = records;
        this.questionnaires = questionnaires;
        this.rows = rows;
        this.accounts = accounts;
        this.tasks = tasks;
        this.database = database;
        this.clock = clock;
    }

    /** What cannot be kept as it is, in words. */
    public static final class NotKept extends RuntimeException {

        NotKept(String message) {
            super(message);
        }
    }

    /** @param change for undo */
    public record Kept(UUID interview, UUID change) {}

    /**
     * @param known the interview that is changed; null for a new one
     * @param questionnaire which questions were asked, by name; a known interview keeps its own
     * @throws NotKept in words; nothing is written then
     */
    public Kept keep(AccountId account, @Nullable UUID known, String questionnaire, InterviewForm form, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Your role reads interviews and holds none.");
        }
        AccountCard card = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        Interview before = known == null ? null : rows.find(known, viewer).orElseThrow(NoSuchElementException::new);
        Questionnaires.Version asked = before == null
                ? questionnaires
                        .inForce(questionnaire)
                        .orElseThrow(() -> new NotKept("There is no such questionnaire."))
                : asked(before);
        if (before != null
                && records.lockedVersion(
                                        records.type(InterviewRecords.INTERVIEWS)
                                                .orElseThrow(),
                                        before.externalId())
                                .orElse(0)
                        != form.seen()) {
            throw new NotKept(
                    "A colleague has changed it meanwhile. What you typed is below and not saved; look and save again.");
        }
        LocalDate heldOn = day(form.said("heldOn"));
        List<Question> answered =
                asked.read().questions().stream().filter(form::answers).toList();
        if (answered.isEmpty() && form.said("summary").isEmpty()) {
            throw new NotKept("Write down at least one answer, or what came of it.");
        }
        String externalId = before == null ? "interview-" + Ids.next() : before.externalId();
        String contact = person(account, form.said("contact"));
        UUID change = Ids.next();
        Records.Write write = new Records.Write(change, "Interview with " + card.name() + " kept", Records.Formats.ISO);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", card.externalId());
        values.put("held_on", heldOn.toString());
        values.put("questionnaire", asked.name());
        values.put("questionnaire_version", asked.version());
        values.put("contact", contact);
        values.put("summary", orNull(form.said("summary")));
        values.put("sentiment", orNull(form.said("mood")));
        String member = member(viewer);
        if (before == null) {
            values.put("member", member);
        }
        write(InterviewRecords.INTERVIEWS, List.of(new RecordRow(1, externalId, values, Map.of())), write, viewer);
        write(InterviewRecords.ANSWERS, answers(card, externalId, asked.read(), before, form), write, viewer);
        write(
                "touchpoints",
                List.of(touchpoint(card, externalId, heldOn, contact, form, asked, member)),
                write,
                viewer);
        followUps(card, externalId, asked.read(), form, viewer);
        UUID id = database.sql("select id from engagement.interview where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Kept(id, change);
    }

    private Questionnaires.Version asked(Interview interview) {
        Integer version = interview.questionnaireVersion();
        return (version == null
                        ? questionnaires.inForce(interview.questionnaire())
                        : questionnaires.version(interview.questionnaire(), version))
                .orElseThrow(() -> new NotKept("Its questions are not known any more."));
    }

    private List<RecordRow> answers(
            AccountCard card, String interview, Questionnaire asked, @Nullable Interview before, InterviewForm form) {
        List<RecordRow> all = new ArrayList<>();
        for (Question question : asked.questions()) {
            if (!form.answers(question) && (before == null || before.answer(question.key()) == null)) {
                continue;
            }
            String score = form.said("score." + question.key());
            if (!score.isEmpty() && !score.matches("[1-5]")) {
                throw new NotKept("Rate with 1 to 5: " + question.words());
            }
            Map<String, @Nullable Object> values = new HashMap<>();
            values.put("account", card.externalId());
            values.put("interview", interview);
            values.put("question", question.key());
            values.put("body", orNull(form.said("body." + question.key())));
            values.put("score", orNull(score));
            values.put("sentiment", orNull(form.said("mood." + question.key())));
            all.add(new RecordRow(all.size() + 1, interview + ":" + question.key(), values, Map.of()));
        }
        return all;
    }

    private static RecordRow touchpoint(
            AccountCard card,
            String interview,
            LocalDate heldOn,
            @Nullable String contact,
            InterviewForm form,
            Questionnaires.Version asked,
            @Nullable String member) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", card.externalId());
        values.put("contact", contact);
        values.put("at", heldOn.atTime(12, 0).toInstant(ZoneOffset.UTC).toString());
        values.put("kind", "meeting");
        values.put("direction", "both");
        values.put("two_way", true);
        values.put("subject", asked.name());
        values.put("body", orNull(form.said("summary")));
        values.put("sentiment", orNull(form.said("mood")));
        if (member != null) {
            values.put("member", member);
        }
        return new RecordRow(1, interview, values, Map.of());
    }

    private void followUps(AccountCard card, String interview, Questionnaire asked, InterviewForm form, Viewer viewer) {
        for (Question question : asked.questions()) {
            String title = form.said("follow." + question.key());
            if (title.isEmpty()) {
                continue;
            }
            if (title.length() > 300) {
                throw new NotKept("What follows is a line of up to 300 characters; the answer takes more.");
            }
            String words = form.said("body." + question.key());
            tasks.createOnce(
                            "interview:" + interview + ":" + question.key(),
                            card.id(),
                            new NewTask(
                                    title,
                                    words.isEmpty() ? null : words.substring(0, Math.min(1_000, words.length())),
                                    "interview",
                                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                            .plusDays(TASK_DAYS),
                                    viewer.memberId(),
                                    null),
                            viewer.actor())
                    .ifPresent(created -> database.sql("""
                            update engagement.interview_answer set task_id = :task where external_id = :id
                            """)
                            .param("task", created.task())
                            .param("id", interview + ":" + question.key())
                            .update());
        }
    }

    private void write(String type, List<RecordRow> rows, Records.Write write, Viewer viewer) {
        if (rows.isEmpty()) {
            return;
        }
        for (RowOutcome outcome : records.upsert(records.type(type).orElseThrow(), rows, viewer.actor(), write)) {
            if (outcome.result() == RowOutcome.Result.INVALID) {
                throw new NotKept(
                        outcome.problems().isEmpty()
                                ? "It cannot be written."
                                : outcome.problems().getFirst().message() + ".");
            }
        }
    }

    private LocalDate day(String text) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (text.isEmpty()) {
            return today;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isAfter(today)) {
                throw new NotKept("An interview lies in the past.");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw new NotKept("Write the day as 2026-12-01.");
        }
    }

    private @Nullable String person(AccountId account, String contact) {
        return accounts.contacts(account).stream()
                .filter(one -> one.id().toString().equals(contact))
                .map(Contact::externalId)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String member(Viewer viewer) {
        return database.sql("select external_id from identity.team_member where id = :id")
                .param("id", viewer.memberId())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
