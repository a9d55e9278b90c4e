package io.perennial.surveys;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Becoming a customer. */
@Component
class AccountOccasions implements SurveyOccasions {

    static final String CUSTOMER_SINCE = "customer_since";

    private final JdbcClient database;

    AccountOccasions(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind(CUSTOMER_SINCE, "they became a customer"));
    }

    @Override
    public List<Occasion> between(String kind, LocalDate from, LocalDate to) {
        return database.sql("""
                select id, customer_since from accounts.account where customer_since between :from and :to order by id
                """)
                .param("from", from)
                .param("to", to)
                .query((row, number) ->
                        new Occasion(new AccountId(row.getObject(1, UUID.class)), "customer-since:" + row.getString(2)))
                .list();
    }
}
