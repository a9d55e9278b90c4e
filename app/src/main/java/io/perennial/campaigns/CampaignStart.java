package io.perennial.campaigns;

import io.perennial.campaigns.AudienceQuery.Reach;
import io.perennial.knowledge.Articles;
import io.perennial.mail.MailSettings;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.web.PublicAddress;
import io.perennial.platform.web.Wording;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts campaigns, and says beforehand what is in the way. */
@Component
public class CampaignStart {

    /** The first letter leaves that much later: time to take a mistake back. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final CampaignRows rows;
    private final Campaigns campaigns;
    private final AudienceQuery audience;
    private final MissingValues missing;
    private final LetterRules rules;
    private final Articles articles;
    private final PublicAddress address;
    private final MailSettings mail;
    private final Jobs jobs;
    private final Clock clock;

    CampaignStart(
            JdbcClient database,
            CampaignRows rows,
            Campaigns campaigns,
            AudienceQuery audience,
            MissingValues missing,
            LetterRules rules,
            Articles articles,
            PublicAddress address,
            MailSettings mail,
            Jobs jobs,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.campaigns = campaigns;
        this.audience = audience;
        this.missing = missing;
        this.rules = rules;
        this.articles = articles;
        this.address = address;
        this.mail = mail;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What is in the way of a start, a sentence each; empty when it may be started. */
    public List<String> obstacles(Campaign campaign, Reach reach, Worker worker) {
        List<String> all = new ArrayList<>();
        try {
            DraftCheck.complete(campaign);
        } catch (CampaignRefused incomplete) {
            all.add(incomplete.getMessage());
        }
        boolean letters = campaign.steps().stream().anyMatch(step -> !step.task());
        if (letters && !address.isKnown()) {
            all.add("Readers must be able to say no: set PERENNIAL_PUBLICADDRESS, so that letters can carry a link.");
        }
        if (letters && mail.postalAddress().isBlank()) {
            all.add("Letters that nobody asked for must say who sends them: set PERENNIAL_MAIL_POSTALADDRESS.");
        }
        unknownFeature(
                campaign.audience().behaviour().aboutFeature()
                        ? campaign.audience().feature()
                        : "",
                all);
        unknownFeature(campaign.goal().feature(), all);
        if (reach.counted() && reach.gets() == 0) {
            all.add("Nobody would get it. Choose others.");
        }
        int most = rules.now().leaderAbove();
        if (!worker.leads() && (reach.gets() > most || !reach.counted())) {
            all.add("More than " + Wording.count(most) + " people would get it: ask a leader to start it.");
        }
        if (reach.counted() && reach.gets() > 0) {
            all.addAll(missing.sentences(campaign, new StepText(campaign, articles).needs(), worker));
        }
        return all;
    }

    private void unknownFeature(String feature, List<String> all) {
        boolean known = feature.isEmpty()
                || database.sql("select exists (select from usage.feature where name = :name)")
                        .param("name", feature)
                        .query(Boolean.class)
                        .single();
        if (!known) {
            all.add("Nobody ever used a feature that is called " + feature + ". Choose one from the list.");
        }
    }

    /**
     * From now on people get letters and tasks. Started twice it is started once.
     *
     * @param people how many the starter expects to get it; another number means that something changed meanwhile
     * @return the change, for undo
     * @throws CampaignMoved when the draft or its audience changed since it was looked at
     */
    @Transactional
    public UUID start(UUID id, int seen, long people, Worker worker) {
        Campaign campaign = rows.writable(id, worker);
        if (!campaign.isDraft()) {
            throw new CampaignRefused("It was started already.");
        }
        if (campaign.version() != seen) {
            throw new CampaignMoved("Somebody changed the draft since you looked at it. Nothing was sent.");
        }
        Reach reach = audience.reach(campaign, worker);
        List<String> obstacles = obstacles(campaign, reach, worker);
        if (!obstacles.isEmpty()) {
            throw new CampaignRefused(String.join(" ", obstacles));
        }
        if (reach.counted() && reach.gets() != people) {
            throw new CampaignMoved("It would reach " + Wording.count(reach.gets()) + " people now, not "
                    + Wording.count(people) + ". Nothing was sent. Look again who they are.");
        }
        String before = rows.state(id);
        UUID job = jobs.submit(
                CampaignJob.KIND,
                "Campaign \"" + campaign.name() + "\"",
                "{\"campaign\":\"" + id + "\"}",
                worker.actor());
        database.sql("""
                update campaigns.campaign set state = 'running', started_by = :by, started_at = :now, job_id = :job,
                    version = version + 1
                where id = :id
                """)
                .param("by", worker.name())
                .param("now", Timestamp.from(clock.instant()))
                .param("job", job)
                .param("id", id)
                .update();
        campaigns.changed(id);
        return campaigns.record(
                "Campaign \"" + campaign.name() + "\" started", id, before, rows.state(id), worker.actor());
    }
}
