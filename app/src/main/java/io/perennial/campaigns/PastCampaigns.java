package io.perennial.campaigns;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Campaigns that ran before the product was there: who was in them is written down, nobody is written to. */
@Component
public class PastCampaigns {

    private final JdbcClient database;
    private final CampaignRows rows;
    private final AudienceQuery audience;
    private final GoalWatch goals;

    PastCampaigns(JdbcClient database, CampaignRows rows, AudienceQuery audience, GoalWatch goals) {
        this.database = database;
        this.rows = rows;
        this.audience = audience;
        this.goals = goals;
    }

    /** A draft counts as started and got by everybody whom it is for on that day; their use since then is looked up. */
    @Transactional
    public void ran(UUID draft, LocalDate on, String by) {
        Campaign campaign = rows.lock(draft).filter(Campaign::isDraft).orElseThrow();
        audience.takeIn(campaign);
        database.sql("""
                update campaigns.campaign set state = 'finished', enrolled = true, made_at = :at, started_at = :at,
                    started_by = :by, finished_at = :at, looked_at = :at
                where id = :id
                """)
                .param("at", Timestamp.valueOf(on.atTime(9, 0)))
                .param("by", by)
                .param("id", draft)
                .update();
        database.sql("""
                update campaigns.person set entered_on = :on, next_at = :at, ended_at = :at,
                    state = case state when 'due' then 'done' else state end
                where campaign_id = :id
                """)
                .param("on", on)
                .param("at", Timestamp.valueOf(on.atTime(9, 0)))
                .param("id", draft)
                .update();
        goals.look(rows.find(draft).orElseThrow());
    }
}
