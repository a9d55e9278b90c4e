package io.perennial.onboarding;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is stuck is helped by the task of {@link Nudges}. While it is owed nothing else is. */
@Component
class OverdueAsked implements AlreadyAsked {

    private final JdbcClient database;

    OverdueAsked(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<UUID> task(AccountId account, String cause) {
        if (!cause.equals(OverdueMeasures.OVERDUE)) {
            return Optional.empty();
        }
        return database.sql("""
                select k.id from onboarding.onboarding o
                join onboarding.nudge g on g.onboarding_id = o.id and g.kind = 'task'
                join engagement.task k on k.id = g.task_id and k.done_at is null
                where o.account_id = :account order by g.on_day desc, k.id limit 1
                """)
                .param("account", account.value())
                .query(UUID.class)
                .optional();
    }
}
