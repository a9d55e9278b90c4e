package io.perennial.cancellations;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cancellations of a test, written straight into the table. */
final class Leaving {

    private final JdbcClient database;

    Leaving(JdbcClient database) {
        this.database = database;
    }

    UUID notice(AccountId account, String on, @Nullable String effective, String reason) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, effective_on, reason,
                    created_at, updated_at)
                values (:id, :id::text, :account, :on, :effective, :reason, now(), now())
                """)
                .param("id", id)
                .param("account", account.value())
                .param("on", LocalDate.parse(on))
                .param("effective", effective == null ? null : LocalDate.parse(effective))
                .param("reason", reason)
                .update();
        return id;
    }

    void owns(UUID member, AccountId account) {
        database.sql("update accounts.account set owner_id = :member where id = :account")
                .param("member", member)
                .param("account", account.value())
                .update();
    }

    void inSegment(AccountId account, String segment) {
        database.sql("update accounts.account set segment = :segment where id = :account")
                .param("segment", segment)
                .param("account", account.value())
                .update();
    }

    String categoryOf(UUID loss) {
        return database.sql("select category from contracts.cancellation where id = :id")
                .param("id", loss)
                .query(String.class)
                .single();
    }

    UUID latestChange() {
        return database.sql("select id from platform.change order by id desc limit 1")
                .query(UUID.class)
                .single();
    }
}
