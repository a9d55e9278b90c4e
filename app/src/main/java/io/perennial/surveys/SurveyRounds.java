package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import io.perennial.surveys.Survey.State;
import io.perennial.surveys.Survey.When;
import io.perennial.surveys.SurveyAudience.Ground;
import io.perennial.surveys.SurveyAudience.Person;
import io.perennial.surveys.SurveyLetters.Written;
import io.perennial.surveys.SurveyProtection.Question;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks. A round walks through the audience in order of identities, a batch in one transaction with its letters and with how far it has
 * come; so whoever was passed is settled, whatever stops in between, and nobody is asked twice for one cause.
 */
@Component
@Transactional
public class SurveyRounds {

    static final SecretText TEXT = new SecretText("sv_");

    static final String ASKING = "survey-asking";

    private static final int BATCH = 200;

    /** Events that happened while the product was off so long are still asked about. */
    private static final int CATCH_UP_DAYS = 14;

    private final JdbcClient database;
    private final SurveyDefinitions definitions;
    private final SurveyAudience audience;
    private final SurveyProtection protection;
    private final Outbox outbox;
    private final PublicAddress address;
    private final Audit audit;
    private final ObjectProvider<SurveyLoop> loop;
    private final Clock clock;

    SurveyRounds(
            JdbcClient database,
            SurveyDefinitions definitions,
            SurveyAudience audience,
            SurveyProtection protection,
            Outbox outbox,
            PublicAddress address,
            Audit audit,
            ObjectProvider<SurveyLoop> loop,
            Clock clock) {
        this.database = database;
        this.definitions = definitions;
        this.audience = audience;
        this.protection = protection;
        this.outbox = outbox;
        this.address = address;
        this.audit = audit;
        this.loop = loop;
        this.clock = clock;
    }

    public boolean canAsk() {
        return address.isKnown();
    }

    /**
     * The survey begins: at once where it asks once, from today on where it asks again and again. Starting twice starts once.
     *
     * @throws SurveyRefused saying why nobody is asked
     */
    public void start(UUID id, Viewer viewer, Actor actor) {
        Survey survey = definitions.lock(id, viewer);
        if (survey.state() == State.RUNNING) {
            return;
        }
        if (survey.state() == State.CLOSED) {
            throw new SurveyRefused("", "The survey is closed. Open it again, or make a new one for another round.");
        }
        requireLinks();
        LocalDate today = today();
        database.sql("""
                update surveys.survey set state = 'running', began_on = :today, updated_at = :now, version = version + 1 where id = :id
                """)
                .param("today", today)
                .param("now", now())
                .param("id", id)
                .update();
        begin(id, survey.schedule().when() == When.ONCE ? "once" : today.toString(), today);
        audit.record(
                actor,
                ASKING,
                "Survey “" + survey.name() + "” sent",
                List.of(new ChangedThing(ASKING, id.toString(), null, null, null)));
        loop.ifAvailable(SurveyLoop::wakeAfterCommit);
    }

    private void requireLinks() {
        if (!address.isKnown()) {
            throw new SurveyRefused(
                    "",
                    "Letters need links. An administrator sets PERENNIAL_PUBLICADDRESS to the address under which customers reach"
                            + " this server.");
        }
    }

    private void begin(UUID survey, String cause, LocalDate since) {
        database.sql("""
                insert into surveys.round (id, survey_id, cause, since, started_at) values (:id, :survey, :cause, :since, :now)
                on conflict (survey_id, cause) do nothing
                """)
                .param("id", Ids.next())
                .param("survey", survey)
                .param("cause", cause)
                .param("since", since)
                .param("now", now())
                .update();
    }

    /** Begins today's round of every survey that asks again and again. */
    public void beginDue() {
        if (!address.isKnown()) {
            return;
        }
        LocalDate today = today();
        record Due(UUID survey, @Nullable LocalDate last) {}
        List<Due> due = database.sql("""
                select s.id, max(r.started_at at time zone 'UTC')::date as last from surveys.survey s
                left join surveys.round r on r.survey_id = s.id
                where s.state = 'running' and s.schedule <> 'once'
                group by s.id having max(r.started_at at time zone 'UTC')::date is distinct from cast(:today as date)
                """)
                .param("today", today)
                .query((row, number) -> new Due(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class)))
                .list();
        for (Due one : due) {
            LocalDate last = one.last();
            LocalDate since = last == null ? today : last.plusDays(1);
            LocalDate earliest = today.minusDays(CATCH_UP_DAYS);
            begin(one.survey(), today.toString(), since.isBefore(earliest) ? earliest : since);
        }
    }

    /**
     * Takes one batch of one round.
     *
     * @return whether there was anything to do
     */
    public boolean step() {
        record Round(
                UUID id,
                UUID survey,
                String cause,
                LocalDate since,
                @Nullable UUID upto) {}
        Optional<Round> found = database.sql("""
                select r.* from surveys.round r join surveys.survey s on s.id = r.survey_id
                where r.finished_at is null and s.state = 'running'
                order by r.started_at, r.id limit 1 for update of r skip locked
                """)
                .query((row, number) -> new Round(
                        row.getObject("id", UUID.class),
                        row.getObject("survey_id", UUID.class),
                        row.getString("cause"),
                        row.getObject("since", LocalDate.class),
                        row.getObject("upto", UUID.class)))
                .optional();
        if (found.isEmpty() || !address.isKnown()) {
            return false;
        }
        Round round = found.get();
        Survey survey = definitions.find(round.survey()).orElseThrow();
        protection.decideAlone();
        Ground ground = audience.ground(survey, round.cause(), round.since(), today());
        List<Person> people = audience.after(survey, ground, round.upto(), BATCH);
        int asked = ask(survey, people);
        database.sql("""
                update surveys.round set upto = coalesce(:upto, upto), asked = asked + :asked, left_out = left_out + :out,
                    finished_at = case when :last then cast(:now as timestamptz) end
                where id = :id
                """)
                .param("upto", people.isEmpty() ? null : people.getLast().id())
                .param("asked", asked)
                .param("out", people.size() - asked)
                .param("last", people.size() < BATCH)
                .param("now", now())
                .param("id", round.id())
                .update();
        return true;
    }

    private int ask(Survey survey, List<Person> people) {
        Set<String> addresses = new HashSet<>();
        List<LeftOut.Kept> out = new ArrayList<>();
        int asked = 0;
        for (Person person : people) {
            String email = person.email();
            String reason = person.reason();
            if (reason == null && (email == null || !MailAddress.isAddress(email))) {
                reason = "no_address";
            }
            if (reason == null && !addresses.add(MailAddress.folded(String.valueOf(email)))) {
                reason = "same_address";
            }
            if (reason == null) {
                invite(survey, person);
                asked++;
            } else {
                out.add(new LeftOut.Kept(
                        AskingSource.SURVEY,
                        survey.id(),
                        survey.name(),
                        person.account(),
                        person.id(),
                        reason,
                        person.detail()));
            }
        }
        protection.leaveOut(out);
        return asked;
    }

    private void invite(Survey survey, Person person) {
        Instant now = clock.instant();
        UUID id = Ids.next();
        String token = TEXT.fresh();
        String language = survey.spoken(person.language());
        Instant expires = now.plus(Duration.ofDays(survey.care().openDays()));
        int written = database.sql("""
                insert into surveys.invitation (id, survey_id, cause, account_id, contact_id, token_hash, language, segment, role,
                    asked_at, expires_at, remind_at)
                values (:id, :survey, :cause, :account, :contact, :hash, :language, :segment, :role, :now, :expires, :remind)
                on conflict (survey_id, contact_id, cause) do nothing
                """)
                .param("id", id)
                .param("survey", survey.id())
                .param("cause", person.cause())
                .param("account", person.account())
                .param("contact", person.id())
                .param("hash", SecretText.hashAsText(token))
                .param("language", language)
                .param("segment", person.segment())
                .param("role", person.role())
                .param("now", Timestamp.from(now))
                .param("expires", Timestamp.from(expires))
                .param("remind", remindAt(survey, now))
                .update();
        if (written == 0) {
            return;
        }
        String link = address.of(SurveyLetters.PATH + token).orElseThrow();
        Written letter = SurveyLetters.write(
                survey, language, person.values(), link, LocalDate.ofInstant(expires, ZoneOffset.UTC), false);
        UUID posted = outbox.post(
                SurveyLetters.letter("survey:" + id, person, letter, link, SurveyGuard.QUESTION, person.id()),
                Actor.SYSTEM);
        database.sql("update surveys.invitation set letter_id = :letter where id = :id")
                .param("letter", posted)
                .param("id", id)
                .update();
        database.sql(
                        "delete from surveys.left_out where source = 'survey' and reference = :survey and contact_id = :contact")
                .param("survey", survey.id())
                .param("contact", person.id())
                .update();
        protection.asked(new Question(
                AskingSource.SURVEY, id, survey.name(), person.account(), person.id(), String.valueOf(person.email())));
    }

    private static @Nullable Timestamp remindAt(Survey survey, Instant now) {
        Integer days = survey.care().reminderDays();
        return days == null ? null : Timestamp.from(now.plus(Duration.ofDays(days)));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
