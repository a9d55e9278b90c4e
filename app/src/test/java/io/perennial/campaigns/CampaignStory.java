package io.perennial.campaigns;

import static org.awaitility.Awaitility.await;

import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.Campaigns.Draft;
import io.perennial.engagement.Tasks;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.MailStory;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Two customers with a sponsor each, over real letters, and the steps of a campaign at them. Today is the 24th of November 2026. */
abstract class CampaignStory extends MailStory {

    @Autowired
    Campaigns campaigns;

    @Autowired
    CampaignStart starts;

    @Autowired
    CampaignSteering steering;

    @Autowired
    CampaignPeople progress;

    @Autowired
    Enrolment enrolment;

    @Autowired
    CampaignWork work;

    @Autowired
    UnsubscribeLinks links;

    @Autowired
    Tasks tasks;

    @Autowired
    People people;

    Harbour harbour;
    Visitor leader;
    Worker lin;
    Visitor csm;
    AccountId oslo;
    AccountId lyon;
    UUID eva;
    UUID luc;

    @BeforeEach
    void twoCustomersWithASponsorEach() {
        readers.take(letter -> false);
        harbour = new Harbour(database, clock.instant());
        leader = people.leader();
        lin = Worker.of(new Viewer(leader.id(), "Lin", "lin@lumenworks.example", Role.LEADER, true));
        csm = people.csm("Ana Reyes");
        oslo = harbour.account("Oslo Ferry", "Enterprise", csm.id());
        lyon = harbour.account("Lyon Quay", "Enterprise", csm.id());
        eva = harbour.person(oslo, "Eva Lie", "Executive Sponsor", "en");
        luc = harbour.person(lyon, "Luc Roux", "executive_sponsor", "fr");
        harbour.person(oslo, "Ola Berg", "admin", "en");
        harbour.uses(oslo, "Ola Berg", "Reports", -3, 5);
        harbour.uses(oslo, "Eva Lie", "Planner", -3, 5);
    }

    static Draft draft(int holdOut, Step... steps) {
        return new Draft(
                "Sponsors open Reports",
                new Audience(
                        List.of("executive sponsor"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Behaviour.ANY,
                        "",
                        10),
                new Goal("Reports", 1, 28, false),
                holdOut,
                false,
                List.of(steps));
    }

    static Step letter(int wait, String subject) {
        return new Step(1, false, wait, Map.of("en", new Text(subject, "Dear {name}, {customer} has reports.")));
    }

    UUID running(Draft draft) {
        UUID id = campaigns.begin(draft.name(), "", lin);
        save(id, draft);
        start(id);
        runs(id);
        return id;
    }

    void save(UUID id, Draft draft) {
        campaigns.save(id, campaigns.find(id).orElseThrow().version(), draft, lin);
    }

    void start(UUID id) {
        Campaign campaign = campaigns.find(id).orElseThrow();
        starts.start(id, campaign.version(), campaigns.reach(campaign, lin).gets(), lin);
    }

    /** What the job and the loop would do now, and a minute later. */
    void runs(UUID id) {
        written(id);
        clock.moveBy(Duration.ofMinutes(2));
        delivery.drain();
    }

    /** The job of the start does the same beside us: what it holds is written when it has committed. */
    void written(UUID id) {
        enrolment.takeIn(id);
        await().until(() -> {
            work.round();
            return database.sql("""
                            select count(*) from campaigns.person
                            where campaign_id = :id and state = 'due' and next_at <= :soon
                            """)
                            .param("id", id)
                            .param("soon", Timestamp.from(clock.instant().plus(Duration.ofMinutes(2))))
                            .query(Integer.class)
                            .single()
                    == 0;
        });
    }
}
