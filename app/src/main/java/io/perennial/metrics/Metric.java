package io.perennial.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One metric, declared once: pages, API and calculator follow from it.
 *
 * @param id as the API says it, snake_case
 * @param question that it answers
 * @param formula in words
 * @param counted what the numerator is; empty where there is none
 * @param base what the denominator is; empty where there is none
 * @param excluded what is in neither
 * @param source the modules whose facts it reads
 * @param opinions whether it is a sample of opinions, which needs an interval
 * @param definitions to choose from, the default first
 * @param forms how its numbers can be handed over
 * @param reading reads it from the facts; null when it can only be computed from numbers so far
 */
public record Metric(
        String id,
        String name,
        Area area,
        String question,
        String formula,
        String counted,
        String base,
        String excluded,
        Unit unit,
        Direction direction,
        String source,
        boolean opinions,
        List<Definition> definitions,
        List<Form> forms,
        @Nullable Reading reading) {

    public Optional<Definition> definition(String wanted) {
        return definitions.stream()
                .filter(definition -> definition.id().equals(wanted))
                .findFirst();
    }

    public Definition standard() {
        return definitions.getFirst();
    }

    /** The same, answered by facts, with further definitions that only facts can answer. */
    Metric answeredBy(Reading facts, List<Definition> further) {
        List<Definition> all = new ArrayList<>(definitions);
        all.addAll(further);
        return new Metric(
                id,
                name,
                area,
                question,
                formula,
                counted,
                base,
                excluded,
                unit,
                direction,
                source,
                opinions,
                List.copyOf(all),
                forms,
                facts);
    }

    /** What is said about small samples. */
    public String sampleRule() {
        return opinions
                ? "A sample of opinions: shown with a 95 % interval; under 30 answers with a warning, under 5 not ranked."
                : "Under 30 cases or customers it is shown with a warning, under 5 it is not ranked.";
    }

    public static Draft of(String id, String name, Area area, Unit unit) {
        return new Draft(id, name, area, unit);
    }

    /** A metric in the making. */
    public static final class Draft {

        private final String id;
        private final String name;
        private final Area area;
        private final Unit unit;
        private String question = "";
        private String formula = "";
        private String counted = "";
        private String base = "";
        private String excluded = "Nothing.";
        private Direction direction = Direction.UP;
        private String source = "";
        private boolean opinions;
        private final List<Definition> definitions = new ArrayList<>();
        private final List<Form> forms = new ArrayList<>();
        private @Nullable Reading reading;

        private Draft(String id, String name, Area area, Unit unit) {
            this.id = id;
            this.name = name;
            this.area = area;
            this.unit = unit;
        }

        public Draft asks(String text) {
            question = text;
            return this;
        }

        public Draft formula(String text) {
            formula = text;
            return this;
        }

        public Draft counts(String numerator, String denominator) {
            counted = numerator;
            base = denominator;
            return this;
        }

        public Draft leavesOut(String text) {
            excluded = text;
            return this;
        }

        public Draft better(Direction way) {
            direction = way;
            return this;
        }

        public Draft from(String modules) {
            source = modules;
            return this;
        }

        public Draft ofOpinions() {
            opinions = true;
            return this;
        }

        public Draft definition(String key, String title, String meaning) {
            definitions.add(new Definition(key, title, meaning));
            return this;
        }

        /** A way to hand over the numbers of the definition declared last. */
        public Draft form(Formula compute, Input... inputs) {
            if (definitions.isEmpty()) {
                definition("standard", "Standard", formula);
            }
            forms.add(new Form(definitions.getLast().id(), List.of(inputs), compute));
            return this;
        }

        public Draft reads(Reading live) {
            reading = live;
            return this;
        }

        public Metric done() {
            if (definitions.isEmpty()) {
                definition("standard", "Standard", formula);
            }
            return new Metric(
                    id,
                    name,
                    area,
                    question,
                    formula,
                    counted,
                    base,
                    excluded,
                    unit,
                    direction,
                    source,
                    opinions,
                    List.copyOf(definitions),
                    List.copyOf(forms),
                    reading);
        }
    }
}
