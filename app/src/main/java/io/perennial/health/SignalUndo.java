package io.perennial.health;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes back an acknowledgement, a snooze or an outcome. */
@Component
class SignalUndo implements Undoable {

    static final String KIND = "signal";

    private final SignalCommands commands;
    private final Changes changes;
    private final Live live;

    SignalUndo(SignalCommands commands, Changes changes, Live live) {
        this.commands = commands;
        this.changes = changes;
        this.live = live;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        List<AccountId> accounts = new ArrayList<>();
        for (ChangedThing thing : things) {
            if (thing.before() == null || thing.after() == null) {
                continue;
            }
            var refused = commands.restore(UUID.fromString(thing.id()), thing.before(), thing.after());
            refused.ifPresent(leftAlone::add);
            restored += refused.isPresent() ? 0 : 1;
            if (thing.account() != null) {
                accounts.add(thing.account());
            }
        }
        changes.mark(accounts);
        live.changed("signals");
        live.changed("today");
        return new UndoResult(restored, leftAlone);
    }
}
