package io.perennial.surveys;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who answered that they are unhappy is called by {@link FollowUps}, by name and with a day; done or not, once is enough. */
@Component
class UnhappyAsked implements AlreadyAsked {

    private final JdbcClient database;

    UnhappyAsked(JdbcClient database) {
        this.database = database;
    }

    /** Of the answer that the signal tells of, the latest one. Answers that came by import have no follow-up. */
    @Override
    public Optional<UUID> task(AccountId account, String cause) {
        if (!cause.equals("detractor")) {
            return Optional.empty();
        }
        return database.sql("""
                select k.id from (
                    select id from surveys.survey_response where account_id = :account and kind = 'nps'
                    order by answered_at desc, id limit 1) latest
                join surveys.follow_up f on f.response_id = latest.id
                join engagement.task k on k.id = f.task_id
                """)
                .param("account", account.value())
                .query(UUID.class)
                .optional();
    }
}
