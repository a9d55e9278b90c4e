package io.perennial.surveys;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The answers of one account. Whoever asks has checked that the viewer may see the account. */
@Component
public class Surveys {

    private final JdbcClient database;

    Surveys(JdbcClient database) {
        this.database = database;
    }

    /** Latest first, before that instant. */
    public List<Answer> of(AccountId account, Instant before, int limit) {
        return database.sql("""
                select id, kind, score, scale_max, comment, survey, contact_id, answered_at
                from surveys.survey_response
                where account_id = :account and answered_at < :before
                order by answered_at desc, id
                limit :limit
                """)
                .param("account", account.value())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new Answer(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getBigDecimal("score"),
                        row.getBigDecimal("scale_max"),
                        row.getString("comment"),
                        row.getString("survey"),
                        row.getObject("contact_id", UUID.class),
                        row.getTimestamp("answered_at").toInstant()))
                .list();
    }
}
