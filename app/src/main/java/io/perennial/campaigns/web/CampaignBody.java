package io.perennial.campaigns.web;

import io.perennial.campaigns.Audience;
import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.Campaigns.Draft;
import io.perennial.campaigns.Goal;
import io.perennial.campaigns.web.CampaignApi.CampaignAudience;
import io.perennial.campaigns.web.CampaignApi.CampaignDraft;
import io.perennial.campaigns.web.CampaignApi.CampaignGoal;
import io.perennial.campaigns.web.CampaignApi.CampaignStep;
import io.perennial.campaigns.web.CampaignApi.CampaignText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a program says of a campaign; what it leaves out stays as it is. */
final class CampaignBody {

    private static final int USUAL_WAIT = 3;

    private CampaignBody() {}

    static Draft draft(CampaignDraft body, Campaign known) {
        return new Draft(
                body.name() == null ? known.name() : CampaignApi.text(body.name()),
                body.audience() == null ? known.audience() : audience(body.audience()),
                body.goal() == null ? known.goal() : goal(body.goal()),
                Objects.requireNonNullElse(body.holdOut(), known.holdOut()),
                Objects.requireNonNullElse(body.joining(), known.joining()),
                body.steps() == null ? known.steps() : steps(body.steps()));
    }

    private static Audience audience(CampaignAudience said) {
        String wanted = CampaignApi.text(said.behaviour());
        Behaviour behaviour = wanted.isEmpty()
                ? Behaviour.ANY
                : Arrays.stream(Behaviour.values())
                        .filter(one -> one.key().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new CampaignRefused("The behaviour is one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Behaviour.values())
                                                .map(Behaviour::key)
                                                .toList()) + "."));
        return new Audience(
                some(said.roles()),
                some(said.segments()),
                some(said.stages()),
                some(said.bands()),
                some(said.products()),
                behaviour,
                CampaignApi.text(said.feature()),
                Objects.requireNonNullElse(said.share(), 10));
    }

    private static Goal goal(CampaignGoal said) {
        return new Goal(
                CampaignApi.text(said.feature()),
                Objects.requireNonNullElse(said.days(), 1),
                Objects.requireNonNullElse(said.within(), Goal.USUAL_WITHIN),
                Boolean.TRUE.equals(said.byCustomer()));
    }

    private static List<Step> steps(List<CampaignStep> said) {
        List<Step> steps = new ArrayList<>();
        for (CampaignStep one : said) {
            String kind = CampaignApi.text(one.kind());
            if (!kind.isEmpty() && !kind.equals("letter") && !kind.equals("task")) {
                throw new CampaignRefused("A step is a letter or a task.");
            }
            Map<String, Text> texts = new TreeMap<>();
            Map<String, CampaignText> written = Objects.requireNonNullElse(one.texts(), Map.of());
            written.forEach((language, text) ->
                    texts.put(language, new Text(CampaignApi.text(text.subject()), CampaignApi.text(text.body()))));
            steps.add(new Step(
                    steps.size() + 1,
                    kind.equals("task"),
                    Objects.requireNonNullElse(one.waitDays(), USUAL_WAIT),
                    texts));
        }
        return steps;
    }

    private static List<String> some(@Nullable List<String> said) {
        return said == null ? List.of() : said.stream().filter(Objects::nonNull).toList();
    }
}
