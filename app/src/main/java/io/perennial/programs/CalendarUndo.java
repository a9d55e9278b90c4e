package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back changes of calendars. */
@Component
class CalendarUndo implements Undoable {

    static final String KIND = "calendar";

    private final Calendars calendars;
    private final JdbcClient database;

    CalendarUndo(Calendars calendars, JdbcClient database) {
        this.calendars = calendars;
        this.database = database;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, this::undo);
    }

    private @Nullable String undo(ChangedThing thing) {
        UUID id = UUID.fromString(thing.id());
        if (!same(calendars.json(id), thing.after())) {
            return "a calendar that was changed again since";
        }
        if (thing.before() != null) {
            calendars.store(Calendars.parse(thing.before()));
            return null;
        }
        if (promised(id)) {
            return "a calendar that a program uses";
        }
        calendars.remove(id);
        return null;
    }

    private boolean promised(UUID id) {
        return database.sql("select exists (select from programs.version where offer ->> 'calendar' = :id)")
                .param("id", id.toString())
                .query(Boolean.class)
                .single();
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return Objects.equals(one == null ? null : Calendars.parse(one), other == null ? null : Calendars.parse(other));
    }
}
