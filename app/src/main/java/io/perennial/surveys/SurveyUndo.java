package io.perennial.surveys;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts a survey back to what it was, unless it was changed again since. Letters that were sent stay sent. */
@Component
class SurveyUndo implements Undoable {

    private final SurveyDefinitions definitions;
    private final JdbcClient database;
    private final Clock clock;

    SurveyUndo(SurveyDefinitions definitions, JdbcClient database, Clock clock) {
        this.definitions = definitions;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return SurveyDefinitions.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, this::back);
    }

    private @Nullable String back(ChangedThing thing) {
        UUID id = UUID.fromString(thing.id());
        if (!sameJson(definitions.snapshot(id), thing.after())) {
            return "a survey that was changed or sent since";
        }
        if (thing.before() == null) {
            database.sql("delete from surveys.survey where id = :id and state = 'draft'")
                    .param("id", id)
                    .update();
            return null;
        }
        database.sql("""
                update surveys.survey s set (name, kind, texts, anonymous, roles, filters, sample_percent, schedule, every_months,
                    occasion, occasion_days, open_days, reminder_days, follow_up_days, follow_up_owner, heard_letter, state, closed_at)
                    = (select r.name, r.kind, r.texts, r.anonymous, r.roles, r.filters, r.sample_percent, r.schedule, r.every_months,
                    r.occasion, r.occasion_days, r.open_days, r.reminder_days, r.follow_up_days, r.follow_up_owner, r.heard_letter,
                    r.state, r.closed_at from jsonb_populate_record(null::surveys.survey, cast(:before as jsonb)) r),
                    updated_at = :now, version = version + 1
                where s.id = :id
                """)
                .param("before", thing.before())
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
        return null;
    }

    /** The audit may have written the fields in another order. */
    private boolean sameJson(@Nullable String one, @Nullable String other) {
        return Objects.equals(one, other)
                || one != null
                        && other != null
                        && database.sql("select cast(:one as jsonb) = cast(:other as jsonb)")
                                .param("one", one)
                                .param("other", other)
                                .query(Boolean.class)
                                .single();
    }
}
