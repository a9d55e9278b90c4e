package io.perennial.renewals;

import io.perennial.shared.AccountId;
import io.perennial.surveys.SurveyOccasions;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A renewal is an event after which customers may be asked. */
@Component
class RenewalOccasions implements SurveyOccasions {

    private static final String RENEWED = "renewed";

    private final JdbcClient database;

    RenewalOccasions(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind(RENEWED, "a contract was renewed"));
    }

    @Override
    public List<Occasion> between(String kind, LocalDate from, LocalDate to) {
        return database.sql("""
                select account_id, id from renewals.renewal where outcome = 'renewed' and renewed_on between :from and :to
                """)
                .param("from", from)
                .param("to", to)
                .query((row, number) ->
                        new Occasion(new AccountId(row.getObject(1, UUID.class)), "renewed:" + row.getString(2)))
                .list();
    }
}
