package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.knowledge.Articles;
import io.perennial.mail.Letter;
import io.perennial.mail.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The texts of a campaign, cut into pieces once, so that a hundred thousand letters cost little more than their words. */
final class StepText {

    private record Written(Template subject, Template body, Template html) {}

    private final Campaign campaign;
    private final Map<String, Written> written = new HashMap<>();

    StepText(Campaign campaign, Articles articles) {
        this.campaign = campaign;
        for (Step step : campaign.steps()) {
            step.texts()
                    .forEach((language, text) -> written.put(
                            step.position() + language,
                            new Written(
                                    Template.of(text.subject()),
                                    Template.of(text.body()),
                                    Template.of(step.task() ? "" : articles.preview(text.body())))));
        }
    }

    /** A letter, or a task with its script, as one reader or owner gets it. */
    record Filled(String language, String subject, String body, String html) {}

    /** @return the place that this reader has no value for; null when it can be written */
    @Nullable
    String missing(Step step, String language, Map<String, String> values) {
        Written text = of(step, language);
        String inSubject = text.subject().missing(values);
        return inSubject != null ? inSubject : text.body().missing(values);
    }

    Filled filled(Step step, String language, Map<String, String> values) {
        Written text = of(step, language);
        return new Filled(
                step.written(language, campaign.mainLanguage()),
                text.subject().filled(values),
                text.body().filled(values),
                text.html().filledHtml(values));
    }

    Letter letter(Step step, Reader to, Map<String, String> values) {
        Filled filled = filled(step, to.language(), values);
        return new Letter(
                        new CampaignKey(campaign.id(), step.position(), to.contact()).text(),
                        to.address(),
                        to.name(),
                        filled.subject(),
                        filled.body(),
                        filled.html(),
                        Map.of(),
                        List.of(),
                        "campaign-" + campaign.number(),
                        to.account(),
                        to.contact(),
                        Purpose.CAMPAIGN)
                .in(filled.language());
    }

    record Reader(UUID contact, UUID account, String name, String address, String language) {}

    /** Places that readers must have a value for, over all steps and languages. */
    Set<String> needs() {
        Set<String> needs = new TreeSet<>();
        written.values().forEach(text -> {
            needs.addAll(text.subject().needs());
            needs.addAll(text.body().needs());
        });
        return needs;
    }

    private Written of(Step step, String language) {
        Written text = written.get(step.position() + step.written(language, campaign.mainLanguage()));
        return text == null ? new Written(Template.of(""), Template.of(""), Template.of("")) : text;
    }

    static boolean isBlank(@Nullable Text text) {
        return text == null || text.subject().isBlank() || text.body().isBlank();
    }
}
