package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.ArrayList;
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
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things) {
            UUID id = UUID.fromString(thing.id());
            String now = calendars.json(id);
            if (!same(now, thing.after())) {
                leftAlone.add("a calendar that was changed again since");
            } else if (thing.before() == null) {
                if (promised(id)) {
                    leftAlone.add("a calendar that a program uses");
                } else {
                    calendars.remove(id);
                    restored++;
                }
            } else {
                calendars.store(Calendars.parse(thing.before()));
                restored++;
            }
        }
        return new UndoResult(restored, leftAlone);
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
