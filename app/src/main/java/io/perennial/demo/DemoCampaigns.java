package io.perennial.demo;

import io.perennial.campaigns.Audience;
import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.campaigns.Campaigns;
import io.perennial.campaigns.Campaigns.Draft;
import io.perennial.campaigns.Consents;
import io.perennial.campaigns.Goal;
import io.perennial.campaigns.PastCampaigns;
import io.perennial.campaigns.Worker;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.Purpose;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Campaigns of the demo company: one that is over, two that are being written, and what some readers said. No letter leaves by itself. */
@Component
class DemoCampaigns {

    private static final int ENDED_DAYS_AGO = 30;

    private final JdbcClient database;
    private final Campaigns campaigns;
    private final PastCampaigns past;
    private final Consents consents;

    DemoCampaigns(JdbcClient database, Campaigns campaigns, PastCampaigns past, Consents consents) {
        this.database = database;
        this.campaigns = campaigns;
        this.past = past;
        this.consents = consents;
    }

    void load(LocalDate today) {
        Viewer chiara = member("chiara", "Chiara Lindt", Role.LEADER);
        Viewer ana = member("ana", "Ana Reyes", Role.CSM);
        String feature = feature();
        said(chiara);
        UUID ran = campaigns.begin(
                "People send reports by themselves",
                fresh -> new Draft(
                        "People send reports by themselves",
                        audience(List.of(), Behaviour.ANY, ""),
                        new Goal(feature, 2, 28, true),
                        30,
                        false,
                        List.of(letter(
                                0,
                                "{first_name}, two minutes that save an hour a week",
                                "Dear {name},\n\nat {customer} reports can be sent by themselves every Monday. This is how:\n\n"
                                        + "1. Open " + feature
                                        + "\n2. Choose *Every Monday*\n\nKind regards\n{csm|your team}"))),
                Worker.of(chiara));
        past.ran(ran, today.minusDays(ENDED_DAYS_AGO), chiara.name());
        left(ran, today.minusDays(ENDED_DAYS_AGO));
        campaigns.begin(
                "Decision makers see what they paid for",
                fresh -> new Draft(
                        "Decision makers see what they paid for",
                        audience(List.of("decision_maker"), Behaviour.NEVER_USED, feature),
                        new Goal(feature, 1, 28, false),
                        10,
                        true,
                        List.of(
                                new Step(
                                        1,
                                        false,
                                        0,
                                        Map.of(
                                                "en",
                                                new Text(
                                                        "{first_name}, what {customer} gets out of it",
                                                        "Dear {name},\n\n{active_users|several} people at {customer} worked with us in"
                                                                + " the last four weeks. **" + feature
                                                                + "** shows what came of it.\n\n"
                                                                + "Kind regards\n{csm|your team}"),
                                                "de",
                                                new Text(
                                                        "{first_name}, was {customer} davon hat",
                                                        "Guten Tag {name},\n\n**" + feature
                                                                + "** zeigt, was bei {customer} in den"
                                                                + " letzten vier Wochen entstanden ist.\n\nMit freundlichen Grüßen\n"
                                                                + "{csm|Ihr Team}"))),
                                letter(
                                        7,
                                        "{first_name}, shall we look at it together?",
                                        "Dear {name},\n\na quarter of an hour is enough. Just answer this letter.\n\n{csm|Your team}"))),
                Worker.of(chiara));
        campaigns.begin(
                "Sponsors of shaky customers hear a voice",
                fresh -> new Draft(
                        "Sponsors of shaky customers hear a voice",
                        new Audience(
                                List.of("sponsor", "decision_maker"),
                                List.of(),
                                List.of(),
                                List.of("watch", "at_risk"),
                                List.of(),
                                Behaviour.ANY,
                                "",
                                10),
                        Goal.usual(),
                        0,
                        false,
                        List.of(new Step(
                                1,
                                true,
                                0,
                                Map.of(
                                        "en",
                                        new Text(
                                                "Call {first_name} at {customer}",
                                                "Ask what would have to be true in three months for {customer} to renew without a"
                                                        + " thought. Listen; write down their words, not yours."))))),
                Worker.of(ana));
    }

    private void said(Viewer chiara) {
        List<UUID> people = database.sql("""
                select id from accounts.contact where email is not null and left_on is null order by external_id limit 3
                """)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (people.size() == 3) {
            consents.record(
                    people.get(0), Purpose.CAMPAIGN, true, "sign-up form", "Yes, send me hints for my work.", chiara);
            consents.record(
                    people.get(1), Purpose.SURVEY, false, "call", "Please no more questions this year.", chiara);
            consents.record(people.get(2), Purpose.CAMPAIGN, false, "call", null, chiara);
        }
    }

    /** Letters of the campaign that is over, as the mail server took them then. */
    private void left(UUID campaign, LocalDate on) {
        database.sql("""
                with letter as (
                    insert into mail.letter (id, key, message_id, purpose, serves, to_address, to_name, subject, body, automatic,
                        account_id, contact_id, state, attempts, next_try_at, settled_at, words, posted_by, posted_at)
                    select gen_random_uuid(), 'campaign:' || p.campaign_id || ':1:' || p.contact_id,
                        '<' || gen_random_uuid() || '@lumenworks.example>', 'campaign-1', 'campaign', c.email, c.name,
                        split_part(c.name, ' ', 1) || ', two minutes that save an hour a week', 'Reports can be sent by themselves.',
                        false, p.account_id, p.contact_id, 'accepted', 1, at, at, '250 2.0.0 Ok', 'Campaigns', at
                    from campaigns.person p join accounts.contact c on c.id = p.contact_id,
                        (select cast(:on as date) + time '09:02' as at) t
                    where p.campaign_id = :campaign and p.state = 'done'
                    returning id, contact_id, posted_at)
                insert into campaigns.sent (campaign_id, position, contact_id, letter_id, sent_at)
                select :campaign, 1, contact_id, id, posted_at from letter
                """).param("campaign", campaign).param("on", on).update();
    }

    /** One that some use and others do not. */
    private String feature() {
        return database.sql(
                        "select name from usage.feature where id <> 0 order by (name = 'automation') desc, level = 'advanced' desc, name limit 1")
                .query(String.class)
                .optional()
                .orElse("Reports");
    }

    private static Audience audience(List<String> roles, Behaviour behaviour, String feature) {
        return new Audience(roles, List.of(), List.of(), List.of(), List.of(), behaviour, feature, 10);
    }

    private static Step letter(int wait, String subject, String body) {
        return new Step(1, false, wait, Map.of("en", new Text(subject, body)));
    }

    private Viewer member(String externalId, String name, Role role) {
        UUID id = database.sql("select id from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Viewer(id, name, "", role, true);
    }
}
