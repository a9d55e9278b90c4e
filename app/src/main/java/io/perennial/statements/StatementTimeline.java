package io.perennial.statements;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements that a customer was sent, once for all who got the same paper, on the account's timeline. */
@Component
class StatementTimeline implements TimelineSource {

    private final JdbcClient database;

    StatementTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("mail");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select x.*, s.from_day, s.until_day from (
                    select g.statement_id, g.number, g.edition, max(g.sent_at) as at, max(g.sent_by) as sent_by,
                        string_agg(g.contact_name || case when l.state in ('bounced', 'failed') then ' (not delivered)' else '' end,
                            ', ' order by g.contact_name) as people
                    from statements.sending g left join mail.letter l on l.id = g.letter_id
                    where g.account_id = :account group by 1, 2, 3) x
                join statements.statement s on s.id = x.statement_id
                where x.at < :before order by x.at desc, x.statement_id, x.edition limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        "mail",
                        Edition.find(row.getString("edition")).orElseThrow().title() + " sent: "
                                + Period.words(
                                        row.getObject("from_day", LocalDate.class),
                                        row.getObject("until_day", LocalDate.class)),
                        "to " + row.getString("people"),
                        row.getString("sent_by"),
                        "/statements/" + row.getString("statement_id")))
                .list();
    }
}
