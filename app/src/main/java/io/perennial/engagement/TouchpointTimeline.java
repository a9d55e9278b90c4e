package io.perennial.engagement;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.engagement.cadence.Automated;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who talked with whom, on the account's timeline, and what was sent automatically; letters that others tell of are left to them. */
@Component
class TouchpointTimeline implements TimelineSource {

    private static final Set<String> KINDS = Set.of("call", "meeting", "mail", "note", "event", "automated");

    private final JdbcClient database;

    TouchpointTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return KINDS;
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return entries(account, before, Set.of(), limit);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, Set<String> kinds, int limit) {
        return database.sql("""
                (select t.at, t.kind, t.subject, t.body, t.sentiment, m.name as member, c.name as contact
                from engagement.touchpoint t
                left join identity.team_member m on m.id = t.member_id
                left join accounts.contact c on c.id = t.contact_id
                where t.account_id = :account and t.at < :before and (:every or t.kind = any(:kinds))
                order by t.at desc, t.id limit :limit)
                union all
                (select l.posted_at, 'automated', 'Sent: ' || l.subject,
                    'to ' || coalesce(l.to_name, l.to_address) || case l.state when 'accepted' then '' else ', not delivered' end,
                    null, null, null
                from mail.letter l
                where l.account_id = :account and l.posted_at < :before and l.state in ('accepted', 'bounced', 'failed')
                  and (:every or 'automated' = any(:kinds))
                  and not exists (select from unnest(cast(:elsewhere as text[])) p where starts_with(l.purpose, p))
                order by l.posted_at desc, l.id limit :limit)
                order by 1 desc limit :limit
                """)
                .param("account", account.value())
                .param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .param("elsewhere", Automated.TOLD_ELSEWHERE.toArray(String[]::new))
                .param("every", kinds.isEmpty())
                .param("kinds", kinds.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("kind"),
                        title(
                                row.getString("kind"),
                                row.getString("subject"),
                                row.getString("contact"),
                                row.getString("sentiment")),
                        Objects.requireNonNullElse(row.getString("body"), ""),
                        Objects.requireNonNullElse(row.getString("member"), ""),
                        ""))
                .list();
    }

    private static String title(
            String kind, @Nullable String subject, @Nullable String contact, @Nullable String mood) {
        String said = subject == null || subject.isBlank()
                ? Character.toUpperCase(kind.charAt(0)) + kind.substring(1)
                : subject;
        String with = contact == null ? said : said + " · " + contact;
        return mood == null || mood.isBlank() ? with : with + " · " + mood;
    }
}
