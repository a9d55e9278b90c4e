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

    void used(AccountId account, String day) {
        database.sql("""
                insert into usage.account_day (account_id, day, events, seconds, errors, features)
                values (:account, :day, 5, 0, 0, '{}')
                """)
                .param("account", account.value())
                .param("day", LocalDate.parse(day))
                .update();
    }

    void signal(AccountId account, String cause, String urgency, String evidence) {
        database.sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at)
                values (gen_random_uuid(), :account, :cause, 1, 'open', :urgency, :evidence, 'Call', '2026-11-20')
                """)
                .param("account", account.value())
                .param("cause", cause)
                .param("urgency", urgency)
                .param("evidence", evidence)
                .update();
    }

    void attempt(AccountId account, String purpose, String offer, String result, String on) {
        database.sql("""
                insert into cancellations.attempt (id, external_id, account_id, purpose, offer, made_on, result, result_on,
                    created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, :purpose, :offer, :on, :result, :on, now(), now())
                """)
                .param("account", account.value())
                .param("purpose", purpose)
                .param("offer", offer)
                .param("on", LocalDate.parse(on))
                .param("result", result)
                .update();
    }
}
