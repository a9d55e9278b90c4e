package io.perennial.campaigns;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sees who shows the behaviour that a campaign is to bring about, whether they got letters or were held out; for who is still to get
 * one the campaign is over then.
 */
@Component
class GoalWatch {

    /** Use may be told us that late. */
    private static final int LATE_DAYS = 3;

    /** On how many days after being taken in, and up to which. */
    private static final String HIT_BY_PERSON = """
            with watched as (
                select p.contact_id, p.account_id, p.entered_on from campaigns.person p
                where p.campaign_id = :campaign and p.reached_on is null and p.state <> 'left-out'
                  and p.entered_on + :within + :late >= :today
            ), hit as (
                select w.contact_id, d.day
                from watched w join accounts.contact c on c.id = w.contact_id
                join usage.product_user u on u.account_id = w.account_id
                    and lower(u.external_id) in (lower(c.external_id), lower(btrim(c.email)))
                join usage.daily d on d.account_id = w.account_id and d.user_id = u.id
                where d.day > w.entered_on and d.day <= w.entered_on + :within and d.events > 0
                  and (:feature = '' or d.feature_id = (select id from usage.feature where name = :feature))
                group by w.contact_id, d.day
            )
            """;

    private static final String HIT_BY_CUSTOMER = """
            with watched as (
                select p.contact_id, p.account_id, p.entered_on from campaigns.person p
                where p.campaign_id = :campaign and p.reached_on is null and p.state <> 'left-out'
                  and p.entered_on + :within + :late >= :today
            ), hit as (
                select w.contact_id, d.day
                from watched w join usage.account_day d on d.account_id = w.account_id
                where d.day > w.entered_on and d.day <= w.entered_on + :within and d.events > 0
                  and (:feature = '' or d.features @> array(select id from usage.feature where name = :feature))
            )
            """;

    private final JdbcClient database;
    private final Clock clock;

    GoalWatch(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return how many showed it since the last look */
    int look(Campaign campaign) {
        Goal goal = campaign.goal();
        return database.sql((goal.byCustomer() ? HIT_BY_CUSTOMER : HIT_BY_PERSON) + """
                , nth as (
                    select contact_id, day, row_number() over (partition by contact_id order by day) as n from hit
                )
                update campaigns.person p set reached_on = nth.day,
                    state = case when p.state = 'due' then 'reached' else p.state end,
                    why = case when p.state = 'due' then 'Reached the goal on ' || nth.day || '.' else p.why end,
                    ended_at = case when p.state = 'due' then cast(:now as timestamptz) else p.ended_at end
                from nth where nth.n = :days and p.campaign_id = :campaign and p.contact_id = nth.contact_id
                """)
                .param("campaign", campaign.id())
                .param("within", goal.within())
                .param("late", LATE_DAYS)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("feature", goal.feature())
                .param("days", goal.days())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
