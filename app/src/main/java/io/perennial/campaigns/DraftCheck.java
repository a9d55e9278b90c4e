package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.Campaigns.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a draft: at once what can never be right, before the start what is missing. */
final class DraftCheck {

    static final int LONGEST_NAME = 200;
    static final int MOST_STEPS = 12;
    static final int LONGEST_SUBJECT = 200;
    static final int LONGEST_BODY = 20_000;
    private static final int LONGEST_SCRIPT = 3_000;
    private static final int MOST_HELD_OUT = 50;
    private static final int LONGEST_WAIT = 365;

    /** Languages that letters are written in. */
    static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it");

    private DraftCheck() {}

    /** @throws CampaignRefused with a sentence for its writer */
    static void check(Draft draft) {
        if (draft.name().isBlank() || draft.name().strip().length() > LONGEST_NAME) {
            throw new CampaignRefused("A campaign needs a name of up to 200 characters.");
        }
        if (draft.holdOut() < 0 || draft.holdOut() > MOST_HELD_OUT) {
            throw new CampaignRefused("Between 0 and 50 per cent of the customers are held out.");
        }
        Goal goal = draft.goal();
        if (goal.within() < 1 || goal.within() > LONGEST_WAIT || goal.days() < 1 || goal.days() > goal.within()) {
            throw new CampaignRefused("The goal needs 1 to 365 days, and no more days of use than that.");
        }
        if (draft.steps().isEmpty() || draft.steps().size() > MOST_STEPS) {
            throw new CampaignRefused("A campaign has 1 to " + MOST_STEPS + " steps.");
        }
        for (Step step : draft.steps()) {
            check(step);
        }
    }

    private static void check(Step step) {
        if (step.waitDays() < 0 || step.waitDays() > LONGEST_WAIT) {
            throw new CampaignRefused("Between two steps there are 0 to 365 days.");
        }
        step.texts().forEach((language, text) -> {
            if (!LANGUAGES.contains(language)) {
                throw new CampaignRefused("Letters are written in " + String.join(", ", LANGUAGES) + ".");
            }
            int longest = step.task() ? LONGEST_SCRIPT : LONGEST_BODY;
            if (text.subject().length() > LONGEST_SUBJECT || text.body().length() > longest) {
                throw new CampaignRefused("A subject has up to 200 characters, a text up to " + longest + ".");
            }
            String problem = problem(text);
            if (problem != null) {
                throw new CampaignRefused(problem);
            }
        });
    }

    private static @Nullable String problem(Text text) {
        String inSubject = Template.problem(text.subject());
        return inSubject != null ? inSubject : Template.problem(text.body());
    }

    /** @throws CampaignRefused when it is not ready to be started */
    static void complete(Campaign campaign) {
        for (Step step : campaign.steps()) {
            String which = (step.task() ? "Task " : "Letter ") + step.position();
            if (StepText.isBlank(step.texts().get(campaign.mainLanguage()))) {
                throw new CampaignRefused(
                        which + (step.task() ? " needs words and a script." : " needs a subject and a text."));
            }
            step.texts().forEach((language, text) -> {
                if (!text.isBlank() && StepText.isBlank(text)) {
                    throw new CampaignRefused(
                            which + " needs both a subject and a text in every language, or neither.");
                }
            });
        }
        Audience audience = campaign.audience();
        if (audience.behaviour().aboutFeature() && audience.feature().isEmpty()) {
            throw new CampaignRefused("Say which feature the audience used or did not use.");
        }
    }
}
