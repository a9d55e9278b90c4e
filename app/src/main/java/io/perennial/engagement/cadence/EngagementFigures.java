package io.perennial.engagement.cadence;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What went back and forth in the last 90 days: conversations, one-sided touches, and what machines sent, each counted apart. */
@Component
public class EngagementFigures {

    private static final Duration QUARTER = Duration.ofDays(90);

    private final JdbcClient database;
    private final Clock clock;

    EngagementFigures(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param conversations touchpoints in which both sides took part
     * @param oneSided what people wrote, noted or tried without an answer
     * @param automated letters that Perennial sent and touchpoints of other machines
     * @param customers with a conversation
     */
    public record Quarter(long conversations, long oneSided, long automated, long customers) {}

    public Quarter quarter(Viewer viewer) {
        return database.sql("""
                select count(*) filter (where t.conversation) as conversations,
                    count(*) filter (where not t.conversation and t.kind <> 'automated') as one_sided,
                    count(*) filter (where not t.conversation and t.kind = 'automated') + (
                        select count(*) from mail.letter l
                        where l.posted_at >= :since and l.state = 'accepted' and l.account_id is not null
                          and not l.purpose = any(:personal)
                          and (:everything or exists (select from accounts.account a where a.id = l.account_id and a.owner_id = :member))
                    ) as automated,
                    count(distinct t.account_id) filter (where t.conversation) as customers
                from engagement.touchpoint t
                where t.at >= :since and t.at < :now
                  and (:everything or exists (select from accounts.account a where a.id = t.account_id and a.owner_id = :member))
                """)
                .param("since", Timestamp.from(clock.instant().minus(QUARTER)))
                .param("now", Timestamp.from(clock.instant()))
                .param("personal", new SqlArrayValue("text", Automated.PERSONAL.toArray()))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Quarter.class)
                .single();
    }

    /** @param member null for conversations of which nobody says who took part */
    public record ByMember(@Nullable String member, long conversations, long customers) {}

    public List<ByMember> byMember(Viewer viewer) {
        return database.sql("""
                select m.name as member, count(*) as conversations, count(distinct t.account_id) as customers
                from engagement.touchpoint t left join identity.team_member m on m.id = t.member_id
                where t.conversation and t.at >= :since and t.at < :now
                  and (:everything or exists (select from accounts.account a where a.id = t.account_id and a.owner_id = :member))
                group by 1 order by 2 desc, 1 limit 12
                """)
                .param("since", Timestamp.from(clock.instant().minus(QUARTER)))
                .param("now", Timestamp.from(clock.instant()))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new ByMember(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }
}
