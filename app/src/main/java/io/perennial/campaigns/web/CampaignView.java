package io.perennial.campaigns.web;

import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.AudienceQuery.Reach;
import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.CampaignChoices.Offer;
import io.perennial.campaigns.CampaignPeople;
import io.perennial.campaigns.CampaignPeople.Person;
import io.perennial.campaigns.CampaignPeople.Progress;
import io.perennial.campaigns.Effect;
import io.perennial.campaigns.LetterPreview.Shown;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the pages of campaigns show. */
public final class CampaignView {

    private CampaignView() {}

    /** @param key of the form that begins one */
    public record Listed(
            List<Campaign> campaigns,
            String state,
            String key,
            boolean mayWork,
            boolean maySet,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            List<Tab> tabs = new ArrayList<>();
            tabs.add(new Tab("All", "/campaigns", state.isEmpty(), null));
            for (State one : State.values()) {
                tabs.add(new Tab(
                        one.title(), "/campaigns?state=" + one.key(), one.key().equals(state), null));
            }
            return tabs;
        }

        public String headline() {
            long running = campaigns.stream()
                    .filter(one -> one.state() == State.RUNNING)
                    .count();
            return running == 0
                    ? "No campaign is running"
                    : running == 1 ? "One campaign is running" : Wording.count(running) + " campaigns are running";
        }
    }

    /** @param obstacles what is in the way of a start @param shown the letter as one reader gets it, null without */
    public record Drafted(
            Campaign campaign,
            Offer offer,
            Reach reach,
            List<String> obstacles,
            int step,
            @Nullable Shown shown,
            String reader,
            boolean mayAct,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Behaviour> behaviours() {
            return List.of(Behaviour.values());
        }

        public Set<String> languages() {
            return CampaignForm.languages(campaign.steps(), campaign);
        }

        public Map<String, String> allLanguages() {
            return UnsubscribeWords.LANGUAGES;
        }

        public Text text(Step step, String language) {
            return step.texts().getOrDefault(language, new Text("", ""));
        }

        public String language(String code) {
            return UnsubscribeWords.LANGUAGES.getOrDefault(code, code);
        }

        public boolean ready() {
            return mayAct && obstacles.isEmpty();
        }
    }

    /** @param state of the people shown; empty: all @param more contact that the next page begins after, null at the end */
    public record Run(
            Campaign campaign,
            Progress progress,
            Effect effect,
            List<Person> people,
            String state,
            @Nullable String more,
            boolean mayAct,
            boolean mayWork,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            List<Tab> tabs = new ArrayList<>();
            tabs.add(new Tab("All", campaign.address() + "#people", state.isEmpty(), progress.people()));
            progress.states()
                    .forEach((key, number) -> tabs.add(new Tab(
                            CampaignPeople.title(key),
                            campaign.address() + "?state=" + key + "#people",
                            key.equals(state),
                            number)));
            return tabs;
        }

        public String letter(String mail) {
            return switch (mail) {
                case "accepted" -> "Sent";
                case "waiting", "sending" -> "Waits";
                case "bounced" -> "Bounced";
                case "failed" -> "Failed";
                default -> "Withheld";
            };
        }
    }
}
