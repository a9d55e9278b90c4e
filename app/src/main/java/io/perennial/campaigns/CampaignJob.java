package io.perennial.campaigns;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.web.Wording;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes everybody in whom a campaign is for and writes their first letters. After a crash it goes on where it stopped. */
@Component
class CampaignJob implements JobHandler {

    static final String KIND = "campaign";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final CampaignRows rows;
    private final Enrolment enrolment;
    private final StepSending sending;

    CampaignJob(JdbcClient database, CampaignRows rows, Enrolment enrolment, StepSending sending) {
        this.database = database;
        this.rows = rows;
        this.enrolment = enrolment;
        this.sending = sending;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        UUID id =
                UUID.fromString(JSON.readTree(run.parameters()).path("campaign").asString());
        Campaign campaign = rows.find(id).orElse(null);
        if (campaign == null) {
            throw new JobFailed("The campaign is gone.");
        }
        run.progress("Who it is for", 0, 1);
        enrolment.takeIn(id);
        long total = count(id);
        long done = total - due(id);
        run.progress("Letters", done, total);
        int batch = 1;
        while (batch > 0 && !run.cancelled()) {
            batch = sending.batch(id);
            done += batch;
            run.progress("Letters", Math.min(done, total), total);
        }
        return Wording.count(total) + (total == 1 ? " person" : " people") + " written to, "
                + Wording.count(state(id, "held-out")) + " held out, " + Wording.count(state(id, "left-out"))
                + " left out";
    }

    private long count(UUID id) {
        return database.sql(
                        "select count(*) from campaigns.person where campaign_id = :id and state not in ('held-out', 'left-out')")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private long due(UUID id) {
        return database.sql(
                        "select count(*) from campaigns.person where campaign_id = :id and state = 'due' and next_step = 1")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private long state(UUID id, String state) {
        return database.sql("select count(*) from campaigns.person where campaign_id = :id and state = :state")
                .param("id", id)
                .param("state", state)
                .query(Long.class)
                .single();
    }
}
