package io.perennial.training;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who completed what, and which badges they got for it, on the account's timeline. A class of one day is one entry. */
@Component
class TrainingTimeline implements TimelineSource {

    private static final String KIND = "training";

    /** Of a class; the others are counted. */
    private static final int NAMED = 5;

    private final JdbcClient database;

    TrainingTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                with days as (
                    select completed_on, course_id, count(distinct contact_id) as people, array_agg(contact_id) as contacts,
                        case when count(*) = 1 then min(id::text)::uuid end as single
                    from training.completion
                    where account_id = :account and completed_on < cast(:before as timestamptz) at time zone 'UTC'
                    group by 1, 2 order by 1 desc, 2 limit :limit
                )
                select d.completed_on, d.people, k.name as course, k.badge, c.score, (
                        select string_agg(n.name, ', ' order by n.name)
                        from (select p.name from accounts.contact p where p.id = any(d.contacts) order by 1 limit :named) n
                    ) as names, (
                        select string_agg(p.badge, ', ' order by p.badge) from training.path p
                        where p.badge is not null
                          and exists (select from training.path_course x where x.path_id = p.id and x.course_id = c.course_id)
                          and not exists (select from training.path_course x where x.path_id = p.id
                              and not exists (select from training.held h
                                  where h.contact_id = c.contact_id and h.course_id = x.course_id
                                    and h.completed_on <= c.completed_on
                                    and (h.expires_on is null or h.expires_on >= c.completed_on)))
                          and not exists (select from training.held h
                              where h.contact_id = c.contact_id and h.course_id = c.course_id and h.completed_on < c.completed_on
                                and (h.expires_on is null or h.expires_on >= c.completed_on))
                    ) as paths
                from days d
                join training.course k on k.id = d.course_id
                left join training.completion c on c.id = d.single
                order by d.completed_on desc, k.name
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .param("named", NAMED)
                .query((row, number) -> entry(row, account))
                .list();
    }

    private static TimelineEntry entry(ResultSet row, AccountId account) throws SQLException {
        int people = row.getInt("people");
        String names = Objects.requireNonNullElse(row.getString("names"), "Somebody");
        return new TimelineEntry(
                row.getObject("completed_on", LocalDate.class).atStartOfDay().toInstant(ZoneOffset.UTC),
                KIND,
                (people == 1 ? names : Wording.count(people) + " people") + " completed " + row.getString("course"),
                people == 1
                        ? detail(row)
                        : names + (people > NAMED ? " and " + Wording.count(people - NAMED) + " more" : ""),
                "",
                "/accounts/" + account + "/training");
    }

    private static String detail(ResultSet row) throws SQLException {
        List<String> words = new ArrayList<>();
        BigDecimal score = row.getBigDecimal("score");
        if (score != null) {
            words.add("score " + Wording.amount(score));
        }
        String badge = row.getString("badge");
        if (badge != null) {
            words.add("badge " + badge);
        }
        String paths = row.getString("paths");
        if (paths != null) {
            words.add("with it all of a path, badge " + paths);
        }
        return String.join(", ", words);
    }
}
