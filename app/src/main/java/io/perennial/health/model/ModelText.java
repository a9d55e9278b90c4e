package io.perennial.health.model;

import io.perennial.platform.text.Section;
import io.perennial.platform.text.Spelling;
import io.perennial.platform.text.TextProblem;
import io.perennial.platform.text.YamlTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a model text and collects everything that is wrong with it, line by line. */
final class ModelText {

    private static final int FORMAT = 1;
    private static final int MOST_MEASURES = 200;
    private static final int MOST_PROFILES = 50;
    private static final MeasureRule PLACEHOLDER = new MeasureRule("", "", 0, CurveText.PLACEHOLDER, 0, 0, null);

    private final String text;
    private final @Nullable Set<String> known;
    private final List<ModelProblem.Line> problems = new ArrayList<>();
    private final Map<String, MeasureRule> rules = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /** @param known ids of the measures that exist; null: do not check */
    ModelText(String text, @Nullable Set<String> known) {
        this.text = text;
        this.known = known;
    }

    HealthModel model() throws ModelProblem {
        Section root = read();
        Optional<Double> format = root.number("format", 0, 1000);
        if (format.isPresent() && format.get() != FORMAT) {
            root.problem("format", "This is format " + format.get().intValue() + "; this version reads format 1.");
        }
        String name = root.required("name");
        String description = root.word("description").orElse("");
        Match match = root.section("applies_to").map(ModelText::match).orElse(Match.EVERYBODY);
        Bands bands = root.section("bands").map(this::bands).orElse(Bands.USUAL);
        root.list("groups", MOST_MEASURES, true).forEach(this::group);
        List<Profile> profiles = root.list("profiles", MOST_PROFILES, false).stream()
                .map(this::profile)
                .toList();
        root.close();
        if (problems.isEmpty() && rules.values().stream().allMatch(rule -> rule.weight() == 0)) {
            root.problem("groups", "No measure has a weight above 0, so nothing would make the score.");
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(ModelProblem.Line::line));
            throw new ModelProblem(problems);
        }
        return new HealthModel(name, description, match, bands, List.copyOf(rules.values()), profiles, text);
    }

    private Section read() throws ModelProblem {
        try {
            return YamlTree.read("model", text, problems);
        } catch (TextProblem e) {
            throw new ModelProblem(e.lines());
        }
    }

    private static Match match(Section section) {
        Match match = new Match(section.words("segments"), section.words("stages"));
        section.close();
        return match;
    }

    private Bands bands(Section section) {
        Bands bands = new Bands(
                section.number("watch_from", 0, 100).orElse(Bands.USUAL.watchFrom()),
                section.number("healthy_from", 0, 100).orElse(Bands.USUAL.healthyFrom()),
                section.number("minimum_coverage", 0, 100)
                        .map(percent -> percent / 100)
                        .orElse(Bands.USUAL.minimumCoverage()),
                section.number("minimum_connected", 0, 100)
                        .map(percent -> percent / 100)
                        .orElse(Bands.USUAL.minimumConnected()));
        if (bands.watchFrom() >= bands.healthyFrom()) {
            section.problem("healthy_from", "healthy_from must be above watch_from.");
        }
        section.close();
        return bands;
    }

    private void group(Section section) {
        String group = section.required("group");
        for (Section measure : section.list("measures", MOST_MEASURES, true)) {
            String id = id(measure);
            Integer first = lines.putIfAbsent(id, measure.line());
            if (first != null && !id.isEmpty()) {
                measure.problem("measure", "\"" + id + "\" is already counted on line " + first + ".");
            }
            Optional<Curve> curve = CurveText.read(measure, null);
            if (curve.isEmpty() && !measure.has("curve")) {
                measure.problem("curve", "\"" + id + "\" needs a curve, such as  curve: [0 -> 0, 10 -> 100].");
            }
            if (!measure.has("weight")) {
                measure.problem("weight", "\"" + id + "\" needs a weight, such as  weight: 5.");
            }
            rules.putIfAbsent(
                    id,
                    new MeasureRule(
                            id,
                            group,
                            measure.number("weight", 0, 1000).orElse(0.0),
                            curve.orElse(CurveText.PLACEHOLDER),
                            measure.days("half_life_days").orElse(0),
                            measure.days("expires_after_days").orElse(0),
                            measure.word("remedy").orElse(null)));
            measure.close();
        }
        section.close();
    }

    private Profile profile(Section section) {
        String name = section.required("profile");
        Match match = new Match(section.words("segments"), section.words("stages"));
        if (match.equals(Match.EVERYBODY)) {
            section.problem("profile", "\"" + name + "\" needs segments or stages, or it would be for everybody.");
        }
        Map<String, MeasureRule> changed = new LinkedHashMap<>(rules);
        Set<String> done = new HashSet<>();
        for (Section change : section.list("changes", MOST_MEASURES, true)) {
            String id = id(change);
            MeasureRule base = rules.get(id);
            if (base == null) {
                change.problem("measure", "\"" + id + "\" must first be in one of the groups, if with weight 0.");
                base = PLACEHOLDER;
            }
            changed.replace(id, varied(change, base));
            if (!done.add(id)) {
                change.problem("measure", "\"" + id + "\" is changed twice in this profile.");
            }
            change.close();
        }
        section.close();
        return new Profile(name, match, List.copyOf(changed.values()));
    }

    private static MeasureRule varied(Section change, MeasureRule base) {
        return new MeasureRule(
                base.measure(),
                base.group(),
                change.number("weight", 0, 1000).orElse(base.weight()),
                CurveText.read(change, base.curve().shape()).orElse(base.curve()),
                change.days("half_life_days").orElse(base.halfLifeDays()),
                change.days("expires_after_days").orElse(base.expiresAfterDays()),
                change.word("remedy").orElse(base.remedy()));
    }

    private String id(Section measure) {
        String id = measure.required("measure");
        if (known != null && !id.isEmpty() && !known.contains(id)) {
            measure.problem("measure", "There is no measure \"" + id + "\"." + Spelling.hint(id, known));
        }
        return id;
    }
}
