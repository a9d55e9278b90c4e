package io.perennial.success;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Falling goal features are a call by {@link PlanTasks}. While it is owed nothing else is; when it did not help, something is. */
@Component
class FlagAsked implements AlreadyAsked {

    private final JdbcClient database;
    private final PlanTasks tasks;

    FlagAsked(JdbcClient database, PlanTasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    @Override
    public Optional<UUID> task(AccountId account, String cause) {
        if (!cause.equals(PlanTasks.CAUSE)) {
            return Optional.empty();
        }
        // Another server may be answering it right now.
        database.sql("""
                select id from health.signal where account_id = :account and cause = :cause and state in ('open', 'acknowledged')
                for update
                """)
                .param("account", account.value())
                .param("cause", cause)
                .query(UUID.class)
                .list();
        tasks.answerFlags();
        return database.sql("""
                select k.id from success.flag_task f join engagement.task k on k.id = f.task_id and k.done_at is null
                where f.account_id = :account order by f.at desc limit 1
                """)
                .param("account", account.value())
                .query(UUID.class)
                .optional();
    }
}
