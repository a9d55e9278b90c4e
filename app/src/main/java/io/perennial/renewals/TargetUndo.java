package io.perennial.renewals;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Takes back what the house wanted to renew in a month. */
@Component
class TargetUndo implements Undoable {

    private final ForecastBoard board;

    TargetUndo(ForecastBoard board) {
        this.board = board;
    }

    @Override
    public String kind() {
        return ForecastBoard.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things.reversed(), thing -> {
            String[] key = thing.id().split(" ", -1);
            YearMonth month = YearMonth.parse(key[0]);
            if (!Objects.equals(board.state(month, key[1]), thing.after())) {
                return "a target that was set again since";
            }
            board.restore(month, key[1], thing.before(), actor.name());
            return null;
        });
    }
}
