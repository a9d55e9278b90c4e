package io.perennial.campaigns.web;

import io.perennial.campaigns.Audience;
import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.Campaigns.Draft;
import io.perennial.campaigns.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.util.MultiValueMap;

/** What the form of a campaign says, as typed. */
final class CampaignForm {

    private static final int MOST_STEPS = 12;
    private static final int LONGEST_NUMBER = 6;

    private CampaignForm() {}

    static Draft draft(MultiValueMap<String, String> typed, Campaign known) {
        return new Draft(
                one(typed, "name"),
                audience(typed),
                new Goal(
                        one(typed, "goal-feature"),
                        number(typed, "goal-days", 1),
                        number(typed, "goal-within", Goal.USUAL_WITHIN),
                        one(typed, "goal-by").equals("customer")),
                number(typed, "holdOut", known.holdOut()),
                typed.containsKey("joining"),
                steps(typed, known));
    }

    private static Audience audience(MultiValueMap<String, String> typed) {
        String behaviour = one(typed, "behaviour");
        return new Audience(
                some(typed, "role"),
                some(typed, "segment"),
                some(typed, "stage"),
                some(typed, "band"),
                some(typed, "product"),
                Arrays.stream(Behaviour.values())
                        .filter(known -> known.key().equals(behaviour))
                        .findFirst()
                        .orElse(Behaviour.ANY),
                one(typed, "feature"),
                number(typed, "share", 10));
    }

    /** Steps as they stand in the form, then what a button asked for: one more, one less, one language more. */
    private static List<Step> steps(MultiValueMap<String, String> typed, Campaign known) {
        String wanted = one(typed, "do");
        List<Step> steps = new ArrayList<>();
        for (int position = 1; position <= MOST_STEPS; position++) {
            String prefix = "step-" + position + "-";
            if (!typed.containsKey(prefix + "kind") || wanted.equals("remove-" + position)) {
                continue;
            }
            Map<String, Text> texts = new TreeMap<>();
            for (String name : typed.keySet()) {
                String language =
                        name.startsWith(prefix + "subject-") ? name.substring((prefix + "subject-").length()) : "";
                if (language.matches("[a-z]{2}")) {
                    texts.put(
                            language,
                            new Text(
                                    one(typed, name).strip(),
                                    one(typed, prefix + "body-" + language).strip()));
                }
            }
            if (wanted.equals("language") && one(typed, "language").matches("[a-z]{2}")) {
                texts.putIfAbsent(one(typed, "language"), new Text("", ""));
            }
            steps.add(new Step(
                    steps.size() + 1,
                    one(typed, prefix + "kind").equals("task"),
                    number(typed, prefix + "wait", 3),
                    texts));
        }
        if (wanted.equals("add-letter") || wanted.equals("add-task")) {
            Map<String, Text> texts = new TreeMap<>();
            languages(steps, known).forEach(language -> texts.put(language, new Text("", "")));
            steps.add(new Step(steps.size() + 1, wanted.equals("add-task"), steps.isEmpty() ? 0 : 3, texts));
        }
        return steps;
    }

    static Set<String> languages(List<Step> steps, Campaign known) {
        Set<String> languages = new LinkedHashSet<>();
        languages.add(known.mainLanguage());
        steps.forEach(step -> languages.addAll(new TreeSet<>(step.texts().keySet())));
        return languages;
    }

    static int number(MultiValueMap<String, String> typed, String name, int otherwise) {
        String said = one(typed, name).strip();
        if (said.isEmpty()) {
            return otherwise;
        }
        if (said.length() > LONGEST_NUMBER || !said.matches("\\d+")) {
            throw new CampaignRefused("“" + (said.length() > 20 ? said.substring(0, 20) + "…" : said)
                    + "” is no number of days, people or per cent. Nothing was kept.");
        }
        return Integer.parseInt(said);
    }

    static String one(MultiValueMap<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.getFirst(name), "")
                .replace("\0", "")
                .replace("\r\n", "\n");
    }

    static List<String> some(MultiValueMap<String, String> typed, String name) {
        return typed.getOrDefault(name, List.of());
    }
}
