package io.perennial.metrics.revenue;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Takes back what was said of the cost of customers. */
@Component
class CustomerCostUndo implements Undoable {

    private final CustomerCosts costs;

    CustomerCostUndo(CustomerCosts costs) {
        this.costs = costs;
    }

    @Override
    public String kind() {
        return CustomerCosts.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things.reversed()) {
            LocalDate from = LocalDate.parse(thing.id());
            if (!Objects.equals(costs.said(from), thing.after())) {
                leftAlone.add("a cost that was set again since");
            } else if (thing.before() == null) {
                costs.forget(from);
                restored++;
            } else {
                costs.restore(from, thing.before());
                restored++;
            }
        }
        return new UndoResult(restored, leftAlone);
    }
}
