package io.perennial.cases.tone;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes back what somebody said of a message, unless somebody said something else since. */
@Component
class ToneUndo implements Undoable {

    private final ToneRows rows;
    private final Changes changes;
    private final Live live;
    private final Clock clock;

    ToneUndo(ToneRows rows, Changes changes, Live live, Clock clock) {
        this.rows = rows;
        this.changes = changes;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Tones.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        Set<AccountId> touched = new HashSet<>();
        int restored = 0;
        for (ChangedThing thing : things.reversed()) {
            UUID message = UUID.fromString(thing.id());
            if (Objects.equals(upset(rows.corrected(message)), upset(thing.after()))) {
                rows.correct(message, upset(thing.before()), actor.name(), clock.instant());
                restored++;
                if (thing.account() != null) {
                    touched.add(thing.account());
                }
            } else {
                leftAlone.add("somebody judged the message anew since");
            }
        }
        changes.mark(touched);
        live.changed("cases");
        return new UndoResult(restored, leftAlone);
    }

    /** JSON of ours: nothing, or an object whose {@code upset} is true or false. */
    private static @Nullable Boolean upset(@Nullable String json) {
        return json == null ? null : Boolean.valueOf(json.replace(" ", "").contains("\"upset\":true"));
    }
}
