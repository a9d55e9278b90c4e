package io.perennial.cases.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What others did on the cases that a colleague follows, since they looked and since a letter told them. */
@Component
class FollowerNews {

    private static final int MOST_CASES = 30;
    private static final int MOST_ENTRIES = 8;
    private static final int EXCERPT = 400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    private final JdbcClient database;

    FollowerNews(JdbcClient database) {
        this.database = database;
    }

    /** @param told a line of an entry each, oldest first */
    record Piece(UUID id, long number, String subject, String account, List<String> told, int more) {

        String title() {
            return "#" + number + " " + subject;
        }
    }

    private record Line(UUID id, long number, String subject, String account, Instant at, String text) {}

    /**
     * Cases with something new that the member may see, those first where it happened first. Their own words and deeds are no
     * news to them.
     */
    List<Piece> of(UUID member, ZoneId zone) {
        Map<UUID, List<Line>> byCase = new LinkedHashMap<>();
        database.sql("""
                with followed as (
                    select f.case_id, greatest(f.seen_at, f.told_at) as since, c.number,
                        coalesce(c.subject, 'Case ' || c.external_id) as subject, a.name as account
                    from cases.follower f join cases.support_case c on c.id = f.case_id
                    join accounts.account a on a.id = c.account_id
                    join identity.team_member m on m.id = f.member_id
                    where f.member_id = :member and f.news_since is not null
                      and (m.portfolio = 'everything' or a.owner_id = m.id)
                )
                select f.case_id, f.number, f.subject, f.account, n.at, n.text from followed f cross join lateral (
                    select at, coalesce(author, case kind when 'customer' then 'The customer' else 'A colleague' end)
                        || case kind when 'customer' then ' wrote: ' when 'reply' then ' answered: ' else ' left a note: ' end
                        || left(regexp_replace(btrim(body), '\\s+', ' ', 'g'), :excerpt + 1) as text
                    from cases.message where case_id = f.case_id and at > f.since
                      and kind in ('customer', 'reply', 'note') and member_id is distinct from :member
                    union all
                    select at, actor || ' ' || ${words} from cases.event where case_id = f.case_id and at > f.since
                      and not undone and member_id is distinct from :member
                ) n order by n.at, n.text
                """.replace("${words}", CaseEvents.IN_WORDS))
                .param("member", member)
                .param("excerpt", EXCERPT)
                .query((row, number) -> line(row))
                .list()
                .forEach(line -> byCase.computeIfAbsent(line.id(), id -> new ArrayList<>())
                        .add(line));
        return byCase.values().stream()
                .limit(MOST_CASES)
                .map(lines -> piece(lines, zone))
                .toList();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getObject("case_id", UUID.class),
                row.getLong("number"),
                row.getString("subject"),
                row.getString("account"),
                row.getTimestamp("at").toInstant(),
                Objects.requireNonNullElse(row.getString("text"), ""));
    }

    /** The latest say most. */
    private static Piece piece(List<Line> lines, ZoneId zone) {
        Line first = lines.getFirst();
        List<Line> latest = lines.subList(Math.max(0, lines.size() - MOST_ENTRIES), lines.size());
        return new Piece(
                first.id(),
                first.number(),
                first.subject(),
                first.account(),
                latest.stream()
                        .map(line -> TIME.format(line.at().atZone(zone)) + "  " + cut(line.text()))
                        .toList(),
                lines.size() - latest.size());
    }

    private static String cut(String text) {
        return text.length() > EXCERPT ? text.substring(0, EXCERPT - 1).stripTrailing() + "…" : text;
    }
}
