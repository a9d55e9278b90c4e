package io.perennial.campaigns;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is in a campaign, and when it is looked at again: for who came to fit, and for who reached the goal. */
@Component
class Enrolment {

    /** Goals are seen soon enough for the letter of the next day. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(15);

    private final JdbcClient database;
    private final CampaignRows rows;
    private final AudienceQuery audience;
    private final GoalWatch goals;
    private final Clock clock;

    Enrolment(JdbcClient database, CampaignRows rows, AudienceQuery audience, GoalWatch goals, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.audience = audience;
        this.goals = goals;
        this.clock = clock;
    }

    /** Once; everybody or nobody. */
    @Transactional
    public void takeIn(UUID id) {
        Campaign campaign = rows.lock(id).orElseThrow();
        if (campaign.enrolled() || !campaign.isOnItsWay()) {
            return;
        }
        audience.takeIn(campaign);
        database.sql("update campaigns.campaign set enrolled = true, looked_at = :now where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }

    /** @return whether it was time to look */
    @Transactional
    public boolean look(UUID id) {
        int due = database.sql("""
                update campaigns.campaign set looked_at = :now
                where id = :id and enrolled and (looked_at is null or looked_at <= :before)
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("before", Timestamp.from(clock.instant().minus(LOOK_EVERY)))
                .param("id", id)
                .update();
        Campaign campaign = due == 0 ? null : rows.find(id).orElse(null);
        if (campaign == null) {
            return false;
        }
        goals.look(campaign);
        if (campaign.joining() && campaign.state() == Campaign.State.RUNNING) {
            audience.takeIn(campaign);
        }
        return true;
    }

    /** Nobody is on the way any more, no letter waits, and nobody joins. */
    @Transactional
    public boolean finish(UUID id) {
        return database.sql("""
                update campaigns.campaign c set state = 'finished', finished_at = :now, version = version + 1
                where id = :id and state = 'running' and enrolled and not joining
                  and not exists (select from campaigns.person p where p.campaign_id = c.id and p.state = 'due')
                  and not exists (
                      select from campaigns.sent s join mail.letter l on l.id = s.letter_id
                      where s.campaign_id = c.id and l.state in ('waiting', 'sending'))
                """)
                        .param("id", id)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Campaigns whose readers can still reach the goal and were not looked at for a while, the longest ago first. */
    List<UUID> watched() {
        return database.sql("""
                select id from campaigns.campaign
                where enrolled and (looked_at is null or looked_at <= :before)
                  and (state in ('running', 'paused') or state in ('finished', 'cancelled')
                    and cast(finished_at as date) + cast(goal ->> 'within' as int) + 7 >= :today)
                order by looked_at nulls first, id limit 1000
                """)
                .param("before", Timestamp.from(clock.instant().minus(LOOK_EVERY)))
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }
}
