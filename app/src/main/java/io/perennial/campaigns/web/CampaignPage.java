package io.perennial.campaigns.web;

import io.perennial.campaigns.AudienceQuery.Reach;
import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.CampaignChoices;
import io.perennial.campaigns.CampaignPeople;
import io.perennial.campaigns.CampaignPeople.Person;
import io.perennial.campaigns.CampaignStart;
import io.perennial.campaigns.Campaigns;
import io.perennial.campaigns.LetterPreview;
import io.perennial.campaigns.Worker;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** One campaign: while it is written who would get what, afterwards who got it and what it did. */
@Component
class CampaignPage {

    private final Campaigns campaigns;
    private final CampaignStart starts;
    private final CampaignPeople people;
    private final CampaignChoices choices;
    private final LetterPreview preview;
    private final Frames frames;

    CampaignPage(
            Campaigns campaigns,
            CampaignStart starts,
            CampaignPeople people,
            CampaignChoices choices,
            LetterPreview preview,
            Frames frames) {
        this.campaigns = campaigns;
        this.starts = starts;
        this.people = people;
        this.choices = choices;
        this.preview = preview;
        this.frames = frames;
    }

    /**
     * @param state of people to show
     * @param after contact of the last person before
     * @param step whose letter to show
     * @param reader contact to show it for
     */
    record Look(String state, String after, int step, String reader) {
        static final Look PLAIN = new Look("", "", 1, "");
    }

    String show(Viewer viewer, UUID id, Look look, @Nullable String problem, @Nullable Notice notice, Model model) {
        Campaign campaign =
                campaigns.find(id).orElseThrow(() -> new NoSuchElementException("There is no such campaign."));
        return campaign.isDraft()
                ? draft(viewer, campaign, look, problem, notice, model)
                : run(viewer, campaign, look, problem, notice, model);
    }

    /** As it was typed and not kept. */
    String draft(Viewer viewer, Campaign campaign, @Nullable String problem, Model model) {
        return draft(viewer, campaign, Look.PLAIN, problem, null, model);
    }

    private String draft(
            Viewer viewer,
            Campaign campaign,
            Look look,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Reach reach = campaigns.reach(campaign, Worker.of(viewer));
        UUID asked = id(look.reader());
        UUID reader = asked != null || reach.examples().isEmpty()
                ? asked
                : reach.examples().getFirst().contact();
        int step = Math.clamp(look.step(), 1, Math.max(1, campaign.steps().size()));
        boolean mayAct = Campaigns.mayChange(campaign, viewer);
        frame(campaign, model);
        model.addAttribute(
                "view",
                new CampaignView.Drafted(
                        campaign,
                        choices.offer(),
                        reach,
                        starts.obstacles(campaign, reach, Worker.of(viewer)),
                        step,
                        preview.show(campaign, step, reader, "", viewer).orElse(null),
                        reader == null ? "" : reader.toString(),
                        mayAct,
                        problem,
                        notice));
        return "campaigns/draft";
    }

    private String run(
            Viewer viewer,
            Campaign campaign,
            Look look,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        CampaignPeople.Progress progress = people.progress(campaign.id());
        String state = progress.states().containsKey(look.state()) ? look.state() : "";
        List<Person> rows = people.people(campaign.id(), state, id(look.after()), CampaignPeople.PAGE + 1, viewer);
        boolean more = rows.size() > CampaignPeople.PAGE;
        List<Person> shown = more ? rows.subList(0, CampaignPeople.PAGE) : rows;
        frame(campaign, model);
        model.addAttribute(
                "view",
                new CampaignView.Run(
                        campaign,
                        progress,
                        people.effect(campaign),
                        shown,
                        state,
                        more ? shown.getLast().contact().toString() : null,
                        Campaigns.mayChange(campaign, viewer),
                        viewer.role().mayWork(),
                        problem,
                        notice));
        return "campaigns/campaign";
    }

    private void frame(Campaign campaign, Model model) {
        Frame frame =
                frames.frame(campaign.name(), CampaignNavigation.CAMPAIGNS).under("Campaigns", "/campaigns");
        model.addAttribute("frame", frame);
    }

    static @Nullable UUID id(String typed) {
        return Ids.read(typed).orElse(null);
    }
}
