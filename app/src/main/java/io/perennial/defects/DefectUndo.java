package io.perennial.defects;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes back what was done to a defect or to somebody's wishes, unless somebody went on with it since. Letters stay sent. */
@Component
class DefectUndo implements Undoable {

    static final String KIND = "defect";

    private final DefectRows rows;
    private final DefectLog log;
    private final Affected affected;
    private final Live live;
    private final Clock clock;

    DefectUndo(DefectRows rows, DefectLog log, Affected affected, Live live, Clock clock) {
        this.rows = rows;
        this.log = log;
        this.affected = affected;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        Set<UUID> touched = new HashSet<>();
        things.forEach(thing -> log.defectOf(thing).ifPresent(touched::add));
        touched.forEach(affected::mark);
        int restored = 0;
        for (ChangedThing thing : things.reversed()) {
            UUID id = UUID.fromString(thing.id());
            if (rows.restore(DefectTable.of(thing.type()), id, thing.before(), thing.after(), clock.instant())) {
                restored++;
            } else {
                leftAlone.add("somebody went on with it since");
            }
        }
        for (UUID defect : touched) {
            affected.mark(defect);
            if (restored > 0 && rows.find(defect).isPresent()) {
                log.write(defect, "took a change back", actor, null);
            }
            live.changed("defect:" + defect);
        }
        return new UndoResult(restored, leftAlone);
    }
}
