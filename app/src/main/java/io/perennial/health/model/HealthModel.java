package io.perennial.health.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which measures make the score, how much each weighs, and what is good. Written as text that CS operations can read and
 * change; see the models that ship for an example of everything.
 *
 * @param match the accounts it is for, when several models are in use
 * @param rules in the order of the text, which is the order of all arithmetic
 * @param profiles variations; the first that matches an account is used, else {@code rules}
 * @param text as it was written, with comments
 */
public record HealthModel(
        String name,
        String description,
        Match match,
        Bands bands,
        List<MeasureRule> rules,
        List<Profile> profiles,
        String text) {

    public HealthModel {
        rules = List.copyOf(rules);
        profiles = List.copyOf(profiles);
    }

    /** @throws ModelProblem with every line that is wrong, never only the first */
    public static HealthModel parse(String text) throws ModelProblem {
        return new ModelText(text, null).model();
    }

    /**
     * @param measures ids of the measures that exist; another one is a problem
     * @throws ModelProblem with every line that is wrong
     */
    public static HealthModel parse(String text, Set<String> measures) throws ModelProblem {
        return new ModelText(text, measures).model();
    }

    /** The first model that is for such an account: the order of the list decides. */
    public static Optional<HealthModel> firstMatching(
            List<HealthModel> models, String segment, @Nullable String stage) {
        return models.stream()
                .filter(model -> model.match().matches(segment, stage))
                .findFirst();
    }

    public Optional<Profile> profileFor(String segment, @Nullable String stage) {
        for (Profile profile : profiles) {
            if (profile.match().matches(segment, stage)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    public List<MeasureRule> rulesFor(String segment, @Nullable String stage) {
        return profileFor(segment, stage).map(Profile::rules).orElse(rules);
    }

    public Optional<MeasureRule> rule(String measure) {
        return rules.stream().filter(rule -> rule.measure().equals(measure)).findFirst();
    }

    /**
     * Whether the segment means of the other model are the means of this one too: both turn the same facts of the same
     * accounts into the same sub-scores. Weights, half-lives, bands and words are no part of a mean.
     */
    public boolean comparesLike(HealthModel other) {
        return match.equals(other.match)
                && compared(rules).equals(compared(other.rules))
                && profiles.stream()
                        .map(HealthModel::compared)
                        .toList()
                        .equals(other.profiles.stream()
                                .map(HealthModel::compared)
                                .toList());
    }

    private static Compared compared(Profile profile) {
        return new Compared(profile.match(), compared(profile.rules()));
    }

    private static List<Compared.Counted> compared(List<MeasureRule> rules) {
        return rules.stream()
                .map(rule -> new Compared.Counted(rule.measure(), rule.curve(), rule.expiresAfterDays()))
                .sorted(Comparator.comparing(Compared.Counted::measure))
                .toList();
    }

    /** What a segment mean depends on, for the accounts of one profile. */
    private record Compared(Match match, List<Counted> rules) {
        private record Counted(String measure, Curve curve, int expiresAfterDays) {}
    }

    /** Headings in the order of the text. */
    public List<String> groups() {
        return rules.stream().map(MeasureRule::group).distinct().toList();
    }

    public double weightOf(String group) {
        return rules.stream()
                .filter(rule -> rule.group().equals(group))
                .mapToDouble(MeasureRule::weight)
                .sum();
    }
}
