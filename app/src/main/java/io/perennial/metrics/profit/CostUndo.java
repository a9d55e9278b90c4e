package io.perennial.metrics.profit;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes back what was said of costs. */
@Configuration(proxyBeanMethods = false)
class CostUndo {

    @Bean
    Undoable costRateUndo(CostRates rates) {
        return new OfCosts(rates, CostRates.RATE);
    }

    @Bean
    Undoable costAssumptionUndo(CostRates rates) {
        return new OfCosts(rates, CostRates.ASSUMPTION);
    }

    private record OfCosts(CostRates rates, String kind) implements Undoable {

        @Override
        public UndoResult undo(List<ChangedThing> things, Actor actor) {
            int restored = 0;
            List<String> leftAlone = new ArrayList<>();
            for (ChangedThing thing : things.reversed()) {
                if (!Objects.equals(rates.said(kind, thing.id()), thing.after())) {
                    leftAlone.add("a cost that was said again since");
                } else if (thing.before() == null) {
                    rates.forget(kind, thing.id());
                    restored++;
                } else {
                    rates.restore(kind, thing.id(), thing.before());
                    restored++;
                }
            }
            return new UndoResult(restored, leftAlone);
        }
    }
}
