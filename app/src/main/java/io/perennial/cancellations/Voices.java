package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was recorded, answered and told about one loss, side by side. */
@Component
public class Voices {

    private final JdbcClient database;

    Voices(JdbcClient database) {
        this.database = database;
    }

    /**
     * Beside the record.
     *
     * @param asked whether a survey was sent
     * @param surveyed the reason answered; null while nobody did
     * @param told the reason of the interview; null while there is none
     * @param interview whether there is an interview, finished or not
     */
    public record Voice(
            String recorded,
            boolean asked,
            @Nullable String surveyed,
            @Nullable String comeBack,
            @Nullable String words,
            @Nullable Instant answeredAt,
            @Nullable String told,
            boolean interview,
            boolean finished) {

        public String surveyedTitle() {
            return surveyed == null ? "" : ReasonCategory.titleOf(surveyed);
        }

        public String toldTitle() {
            return told == null ? "" : ReasonCategory.titleOf(told);
        }

        /** Whether the reasons that are known differ. */
        public boolean disagrees() {
            Set<String> known = Stream.of(
                            recorded, surveyed == null ? "unknown" : surveyed, told == null ? "unknown" : told)
                    .filter(reason -> !reason.equals("unknown"))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return known.size() > 1;
        }
    }

    /** By cancellation. Whoever asks may see the account. */
    public Map<UUID, Voice> of(AccountId account) {
        Map<UUID, Voice> voices = new HashMap<>();
        database.sql("""
                select c.id, c.category as recorded, s.id is not null as asked, s.category as surveyed, s.come_back, s.words,
                    s.answered_at, i.reason as told, i.id is not null as interview, coalesce(i.finished, false) as finished
                from contracts.cancellation c
                left join lateral (
                    select * from cancellations.survey s where s.cancellation_id = c.id
                    order by s.answered_at desc nulls last, s.sent_at desc limit 1) s on true
                left join lateral (
                    select * from cancellations.interview i where i.cancellation_id = c.id
                    order by i.held_on desc, i.id desc limit 1) i on true
                where c.account_id = :account
                """).param("account", account.value()).query(row -> {
            var answered = row.getTimestamp("answered_at");
            voices.put(
                    row.getObject("id", UUID.class),
                    new Voice(
                            row.getString("recorded"),
                            row.getBoolean("asked"),
                            row.getString("surveyed"),
                            row.getString("come_back"),
                            row.getString("words"),
                            answered == null ? null : answered.toInstant(),
                            row.getString("told"),
                            row.getBoolean("interview"),
                            row.getBoolean("finished")));
        });
        return voices;
    }
}
