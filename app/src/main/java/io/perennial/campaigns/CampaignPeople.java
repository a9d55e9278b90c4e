package io.perennial.campaigns;

import io.perennial.identity.Viewer;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everybody in a campaign with where they are, and what it did. */
@Component
public class CampaignPeople {

    public static final int PAGE = 50;

    private final JdbcClient database;
    private final Clock clock;

    CampaignPeople(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param state of the person in the campaign
     * @param letter what mail says of the last letter, null when there is none
     * @param letterWords what the server said, or why it waits
     */
    public record Person(
            UUID contact,
            UUID account,
            String name,
            String company,
            String state,
            String why,
            int nextStep,
            Instant nextAt,
            @Nullable LocalDate reachedOn,
            int got,
            @Nullable String letter,
            @Nullable String letterWords) {

        public String stateTitle() {
            return title(state);
        }

        public String tone() {
            return switch (state) {
                case "reached", "answered" -> "healthy";
                case "due" -> "watch";
                case "refused", "bounced" -> "at-risk";
                default -> "outline";
            };
        }
    }

    /** @param letters by what mail says of them: accepted, waiting, bounced, failed, withheld */
    public record Progress(
            Map<String, Long> states, Map<String, Long> letters, long tasks, long unsubscribed, long complaints) {

        public long people() {
            return states.values().stream().mapToLong(Long::longValue).sum();
        }

        public long of(String state) {
            return states.getOrDefault(state, 0L);
        }

        public long letters(String state) {
            return letters.getOrDefault(state, 0L);
        }

        public long allLetters() {
            return letters.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public static String title(String state) {
        return switch (state) {
            case "due" -> "On the way";
            case "held-out" -> "Held out";
            case "left-out" -> "Left out";
            case "done" -> "Got everything";
            case "reached" -> "Reached the goal";
            case "answered" -> "Answered";
            case "refused" -> "Wants no more";
            case "bounced" -> "Did not arrive";
            case "gone" -> "Has left";
            case "cancelled" -> "Cancelled";
            default -> state;
        };
    }

    public Progress progress(UUID campaign) {
        Map<String, Long> states = counts(
                "select state, count(*) from campaigns.person where campaign_id = :id group by state order by 2 desc, 1",
                campaign);
        Map<String, Long> letters = counts("""
                select case when l.state = 'sending' then 'waiting' else l.state end, count(*)
                from campaigns.sent s join mail.letter l on l.id = s.letter_id
                where s.campaign_id = :id group by 1 order by 1
                """, campaign);
        return database.sql("""
                select (select count(*) from campaigns.sent where campaign_id = :id and task_id is not null) as tasks,
                    (select count(distinct p.contact_id) from campaigns.person p join campaigns.consent c
                        on c.contact_id = p.contact_id and c.purpose = 'campaign' and c.state = 'refused'
                        where p.campaign_id = :id and c.given_at > (select started_at from campaigns.campaign where id = :id))
                        as refused,
                    (select count(*) from mail.complaint m join campaigns.sent s on s.letter_id = m.letter_id
                        where s.campaign_id = :id) as complaints
                """)
                .param("id", campaign)
                .query((row, number) -> new Progress(
                        states, letters, row.getLong("tasks"), row.getLong("refused"), row.getLong("complaints")))
                .single();
    }

    /** Of the viewer's accounts, by state when one is asked for. @param after contact of the last row before; null from the start */
    public List<Person> people(UUID campaign, String state, @Nullable UUID after, int limit, Viewer viewer) {
        return database.sql("""
                select d.contact_id, d.account_id, p.name, a.name as company, d.state, d.why, d.next_step, d.next_at,
                    d.reached_on, s.got, l.state as letter, l.words
                from campaigns.person d
                join accounts.contact p on p.id = d.contact_id
                join accounts.account a on a.id = d.account_id
                left join lateral (
                    select count(*) as got, (array_agg(letter_id order by position desc)
                        filter (where letter_id is not null))[1] as last
                    from campaigns.sent s where s.campaign_id = d.campaign_id and s.contact_id = d.contact_id) s on true
                left join mail.letter l on l.id = s.last
                where d.campaign_id = :campaign and (:state = '' or d.state = :state)
                  and (cast(:after as uuid) is null or d.contact_id > :after)
                  and (:everything or a.owner_id = :me)
                order by d.contact_id limit :limit
                """)
                .param("campaign", campaign)
                .param("state", state)
                .param("after", after)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("limit", limit)
                .query(CampaignPeople::person)
                .list();
    }

    /** Somebody's place in a campaign. */
    public record Part(UUID campaign, String name, String state, String why) {

        public String stateTitle() {
            return title(state);
        }
    }

    /** Latest first; who was only held out or left out is named too. */
    public List<Part> of(UUID contact) {
        return database.sql("""
                select c.id, c.name, p.state, p.why from campaigns.person p join campaigns.campaign c on c.id = p.campaign_id
                where p.contact_id = :contact order by c.started_at desc nulls last, c.id limit 50
                """)
                .param("contact", contact)
                .query((row, number) ->
                        new Part(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    public Effect effect(Campaign campaign) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.sql("""
                select count(*) filter (where over and not held) as written,
                    count(*) filter (where over and not held and reached) as reached,
                    count(*) filter (where over and held) as held_out,
                    count(*) filter (where over and held and reached) as held_out_reached,
                    count(*) filter (where not over) as waiting,
                    min(until) filter (where not over) as next
                from (
                    select bool_or(held_out) as held, bool_or(reached_on is not null) as reached,
                        max(entered_on) + :within + 1 as until, max(entered_on) + :within < :today as over
                    from campaigns.person where campaign_id = :id and state <> 'left-out'
                    group by account_id) customer
                """)
                .param("id", campaign.id())
                .param("within", campaign.goal().within())
                .param("today", today)
                .query((row, number) -> new Effect(
                        row.getLong("written"),
                        row.getLong("reached"),
                        row.getLong("held_out"),
                        row.getLong("held_out_reached"),
                        row.getLong("waiting"),
                        day(row.getDate("next"))))
                .single();
    }

    private Map<String, Long> counts(String sql, UUID campaign) {
        Map<String, Long> counts = new LinkedHashMap<>();
        database.sql(sql).param("id", campaign).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        Timestamp next = row.getTimestamp("next_at");
        return new Person(
                row.getObject("contact_id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("name"),
                row.getString("company"),
                row.getString("state"),
                row.getString("why"),
                row.getInt("next_step"),
                next.toInstant(),
                day(row.getDate("reached_on")),
                row.getInt("got"),
                row.getString("letter"),
                row.getString("words"));
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }
}
