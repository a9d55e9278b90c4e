package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import io.perennial.surveys.Survey.State;
import io.perennial.surveys.Survey.Texts;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Surveys as they are defined. Every change can be undone until the survey is sent. */
@Component
@Transactional
public class SurveyDefinitions {

    static final String KIND = "survey";

    private static final TypeReference<LinkedHashMap<String, Texts>> TEXTS = new TypeReference<>() {};
    private static final int MOST = 500;

    private final JdbcClient database;
    private final List<SurveyOccasions> occasions;
    private final Audit audit;
    private final JsonMapper json;
    private final Clock clock;

    SurveyDefinitions(JdbcClient database, List<SurveyOccasions> occasions, Audit audit, JsonMapper json, Clock clock) {
        this.database = database;
        this.occasions = occasions;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** @param change for undo; null when nothing changed */
    public record Saved(UUID survey, @Nullable UUID change) {}

    public List<SurveyOccasions.Kind> occasions() {
        return occasions.stream().flatMap(one -> one.kinds().stream()).toList();
    }

    /** Roles that contacts have, most frequent first; of at most 20,000 contacts. */
    @Transactional(readOnly = true)
    public List<String> roles() {
        return database.sql("""
                select r.role from (select roles from accounts.contact limit 20000) p, unnest(p.roles) as r (role)
                group by 1 order by count(*) desc, 1 limit 30
                """).query((row, number) -> row.getString(1)).list();
    }

    @Transactional(readOnly = true)
    public Optional<Survey> find(UUID id) {
        return database.sql("select * from surveys.survey where id = :id")
                .param("id", id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** Those that run first, then drafts, then closed ones, latest first. */
    @Transactional(readOnly = true)
    public List<Survey> all() {
        return database.sql("""
                select * from surveys.survey
                order by array_position(array['running', 'draft', 'closed'], state), coalesce(began_on, created_at::date) desc, id desc
                limit :most
                """)
                .param("most", MOST)
                .query((row, number) -> read(row))
                .list();
    }

    private Survey read(java.sql.ResultSet row) throws java.sql.SQLException {
        return SurveyRow.read(row, json.readValue(row.getString("texts"), TEXTS));
    }

    /**
     * Keeps a survey.
     *
     * @param id null for a new one
     * @param seen version that the form showed
     * @param actor who is named in Recent changes
     * @throws SurveyRefused naming the field that is wrong
     */
    public Saved save(@Nullable UUID id, int seen, SurveyDraft draft, Viewer viewer, Actor actor) {
        requireWork(viewer);
        SurveyKind kind = draft.checkedKind();
        String name = draft.checkedName();
        Map<String, Texts> texts = draft.checkedTexts();
        Survey.Audience audience = draft.checkedAudience();
        Survey.Schedule schedule = draft.checkedSchedule(occasions());
        Survey.Care care = draft.checkedCare();
        requireColleague(care.followUpOwner());
        Survey before = id == null ? null : lock(id, viewer);
        if (before != null) {
            if (before.version() != seen) {
                throw new SurveyRefused(
                        "",
                        "A colleague has changed it meanwhile. What you typed is below and not saved; look and save again.");
            }
            if (before.state() != State.DRAFT
                    && (before.kind() != kind
                            || before.anonymous() != draft.anonymous()
                            || before.schedule().when() != schedule.when())) {
                throw new SurveyRefused(
                        "kind",
                        "What is asked, whether answers carry names, and the kind of schedule stay as they were when the survey"
                                + " began. Make a new survey for another question.");
            }
        }
        UUID survey = id == null ? Ids.next() : id;
        String old = id == null ? null : snapshot(survey);
        Timestamp now = Timestamp.from(clock.instant());
        try {
            database.sql("""
                    insert into surveys.survey (id, name, kind, texts, anonymous, roles, filters, sample_percent, schedule,
                        every_months, occasion, occasion_days, open_days, reminder_days, follow_up_days, follow_up_owner,
                        heard_letter, state, portfolio_of, created_by, created_at, updated_at)
                    values (:id, :name, :kind, cast(:texts as jsonb), :anonymous, :roles, :filters, :percent, :schedule, :months,
                        :occasion, :occasionDays, :open, :remind, :followUp, :owner, :heard, 'draft', :portfolio, :by, :now, :now)
                    on conflict (id) do update set name = excluded.name, kind = excluded.kind, texts = excluded.texts,
                        anonymous = excluded.anonymous, roles = excluded.roles, filters = excluded.filters,
                        sample_percent = excluded.sample_percent, schedule = excluded.schedule,
                        every_months = excluded.every_months, occasion = excluded.occasion,
                        occasion_days = excluded.occasion_days, open_days = excluded.open_days,
                        reminder_days = excluded.reminder_days, follow_up_days = excluded.follow_up_days,
                        follow_up_owner = excluded.follow_up_owner, heard_letter = excluded.heard_letter,
                        updated_at = excluded.updated_at, version = survey.version + 1
                    """)
                    .param("id", survey)
                    .param("name", name)
                    .param("kind", kind.key())
                    .param("texts", json.writeValueAsString(texts))
                    .param("anonymous", draft.anonymous())
                    .param("roles", audience.roles().toArray(String[]::new))
                    .param("filters", audience.filters().toArray(String[]::new))
                    .param("percent", audience.percent())
                    .param("schedule", schedule.when().key())
                    .param("months", schedule.everyMonths())
                    .param("occasion", schedule.occasion())
                    .param("occasionDays", schedule.occasionDays())
                    .param("open", care.openDays())
                    .param("remind", care.reminderDays())
                    .param("followUp", care.followUpDays())
                    .param("owner", care.followUpOwner())
                    .param("heard", care.heardLetter())
                    .param("portfolio", viewer.everything() ? null : viewer.memberId())
                    .param("by", actor.name())
                    .param("now", now)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new SurveyRefused("name", "There is a survey of that name already.");
        }
        String fresh = snapshot(survey);
        if (Objects.equals(old, fresh)) {
            return new Saved(survey, null);
        }
        return new Saved(
                survey,
                audit.record(
                        actor,
                        KIND,
                        "Survey “" + name + "” " + (id == null ? "made" : "changed"),
                        List.of(new ChangedThing(KIND, survey.toString(), null, old, fresh))));
    }

    private void requireColleague(@Nullable UUID member) {
        boolean known = member == null
                || database.sql("select exists (select from identity.team_member where id = :id and active)")
                        .param("id", member)
                        .query(Boolean.class)
                        .single();
        if (!known) {
            throw new SurveyRefused("followUpOwner", "There is no such colleague any more. Choose another.");
        }
    }

    /** No more questions, reminders or answers; what was answered stays. */
    public @Nullable UUID close(UUID id, Viewer viewer, Actor actor) {
        return state(id, State.RUNNING, State.CLOSED, "closed", viewer, actor);
    }

    /** A closed survey goes on: links that are not over work again. */
    public @Nullable UUID reopen(UUID id, Viewer viewer, Actor actor) {
        return state(id, State.CLOSED, State.RUNNING, "opened again", viewer, actor);
    }

    private @Nullable UUID state(UUID id, State from, State to, String words, Viewer viewer, Actor actor) {
        Survey survey = lock(id, viewer);
        if (survey.state() != from) {
            return null;
        }
        String before = snapshot(id);
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                update surveys.survey set state = :state, closed_at = :closed, updated_at = :now, version = version + 1 where id = :id
                """)
                .param("state", to.key())
                .param("closed", to == State.CLOSED ? now : null)
                .param("now", now)
                .param("id", id)
                .update();
        return audit.record(
                actor,
                KIND,
                "Survey “" + survey.name() + "” " + words,
                List.of(new ChangedThing(KIND, id.toString(), null, before, snapshot(id))));
    }

    /**
     * The survey for somebody who changes or sends it.
     *
     * @throws SurveyRefused when it asks customers beyond the viewer's
     */
    Survey lock(UUID id, Viewer viewer) {
        requireWork(viewer);
        database.sql("select id from surveys.survey where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        Survey survey = find(id).orElseThrow(() -> new NoSuchElementException("There is no such survey."));
        if (!mayChange(survey, viewer)) {
            throw new SurveyRefused("", "This survey asks customers beyond yours: a leader changes and sends it.");
        }
        return survey;
    }

    public static boolean mayChange(Survey survey, Viewer viewer) {
        return viewer.role().mayWork()
                && (viewer.everything() || viewer.memberId().equals(survey.portfolioOf()));
    }

    private static void requireWork(Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts define and send surveys.");
        }
    }

    /** What undo compares with and puts back. */
    @Nullable
    String snapshot(UUID survey) {
        return database.sql("""
                select (to_jsonb(s) - array['id', 'created_by', 'created_at', 'updated_at', 'version', 'began_on', 'portfolio_of'])::text
                from surveys.survey s where id = :id
                """)
                .param("id", survey)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
