package io.perennial.growth.expansion;

import io.perennial.growth.OpportunityEditing;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes a decision back: the signal is open again, and the opportunity it became is gone unless somebody went on with it. */
@Component
class ExpansionUndo implements Undoable {

    static final String KIND = "expansion-signal";
    static final String SIGNALS = "expansion-signals";

    static final String STATE = """
            jsonb_build_object('state', s.state, 'decided_at', s.decided_at, 'decided_by', s.decided_by, 'reason', s.reason,
                'opportunity_id', s.opportunity_id)
            """;

    private final JdbcClient database;
    private final OpportunityEditing opportunities;
    private final Live live;

    ExpansionUndo(JdbcClient database, OpportunityEditing opportunities, Live live) {
        this.database = database;
        this.opportunities = opportunities;
        this.live = live;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<ChangedThing> business =
                things.stream().filter(thing -> !thing.type().equals(SIGNALS)).toList();
        List<ChangedThing> signals =
                things.stream().filter(thing -> thing.type().equals(SIGNALS)).toList();
        UndoResult first = UndoResult.of(
                business,
                thing -> opportunities.takeBack(thing) ? null : "somebody went on with the opportunity since");
        UndoResult second = UndoResult.of(
                signals,
                thing -> !first.leftAlone().isEmpty()
                        ? "its opportunity goes on"
                        : restore(thing) ? null : "the signal was decided again or came back since");
        live.changed("expansion");
        live.changed("opportunities");
        return new UndoResult(
                first.restored() + second.restored(),
                java.util.stream.Stream.concat(first.leftAlone().stream(), second.leftAlone().stream())
                        .toList());
    }

    private boolean restore(ChangedThing thing) {
        return database.sql("""
                update growth.expansion_signal s set state = b.state, decided_at = b.decided_at, decided_by = b.decided_by,
                    reason = b.reason, opportunity_id = b.opportunity_id
                from jsonb_populate_record(null::growth.expansion_signal, cast(:before as jsonb)) b
                where s.id = :id and (%s) = cast(:after as jsonb)
                  and not exists (
                    select from growth.expansion_signal other
                    where other.account_id = s.account_id and other.kind = s.kind and other.subject = s.subject
                      and other.id <> s.id and other.state = 'open')
                """.formatted(STATE))
                        .param("id", UUID.fromString(thing.id()))
                        .param("before", thing.before())
                        .param("after", thing.after())
                        .update()
                == 1;
    }
}
