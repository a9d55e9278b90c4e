package io.perennial.cancellations;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Offers to those who leave, on the account's timeline. */
@Component
class AttemptTimeline implements TimelineSource {

    private final JdbcClient database;

    AttemptTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("task");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        LocalDate until = day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(before) ? day : day.plusDays(1);
        return database.sql("""
                select t.made_on, t.offer, t.purpose, t.result, t.answer, m.name as member
                from cancellations.attempt t left join identity.team_member m on m.id = t.member_id
                where t.account_id = :account and t.made_on < :until order by t.made_on desc, t.id limit :limit
                """)
                .param("account", account.value())
                .param("until", until)
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getObject("made_on", LocalDate.class).atStartOfDay().toInstant(ZoneOffset.UTC),
                        "task",
                        "Offered: " + row.getString("offer") + ", "
                                + Attempts.Attempt.title(row.getString("purpose"), row.getString("result")),
                        Objects.requireNonNullElse(row.getString("answer"), ""),
                        Objects.requireNonNullElse(row.getString("member"), ""),
                        "/accounts/" + account + "?tab=contracts#panel-leaving"))
                .list();
    }
}
