package io.perennial.playbooks;

import io.perennial.health.measures.SignalListener;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Customers with rows in lists, and signals as health writes them: told in the transaction that opens or closes them. */
final class SignalledCompany {

    private final JdbcClient database;
    private final SignalListener listener;
    private final TransactionOperations transactions;
    private final Clock clock;

    SignalledCompany(JdbcClient database, SignalListener listener, TransactionOperations transactions, Clock clock) {
        this.database = database;
        this.listener = listener;
        this.transactions = transactions;
        this.clock = clock;
    }

    AccountId customer(String externalId, String name, UUID owner, int arr) {
        UUID id = UUID.nameUUIDFromBytes(externalId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        database.sql("""
                insert into accounts.account (id, external_id, name, owner_id, stage, created_at, updated_at)
                values (:id, :external, :name, :owner, 'Live', now(), now())
                """)
                .param("id", id)
                .param("external", externalId)
                .param("name", name)
                .param("owner", owner)
                .update();
        database.sql("""
                insert into accounts.overview (account_id, external_id, name, owner_id, stage, arr, currency, score, band)
                values (:id, :external, :name, :owner, 'Live', :arr, 'EUR', 70, 'HEALTHY')
                """)
                .param("id", id)
                .param("external", externalId)
                .param("name", name)
                .param("owner", owner)
                .param("arr", arr)
                .update();
        return new AccountId(id);
    }

    void person(AccountId account, String name, String role) {
        String address = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@customer.example";
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, roles, created_at, updated_at)
                values (gen_random_uuid(), :email, :account, :name, :email, array[:role], now(), now())
                """)
                .param("email", address)
                .param("account", account.value())
                .param("name", name)
                .param("role", role)
                .update();
    }

    UUID signal(AccountId account, String cause) {
        UUID id = UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            database.sql("""
                    insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at)
                    values (:id, :account, :cause,
                        1 + (select count(*) from health.signal where account_id = :account and cause = :cause),
                        'open', 'this_week', 'use fell by half', 'Call', :now)
                    """)
                    .param("id", id)
                    .param("account", account.value())
                    .param("cause", cause)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            listener.moved(List.of(account));
        });
        return id;
    }

    void close(UUID signal) {
        transactions.executeWithoutResult(transaction -> {
            UUID account = database.sql("""
                    update health.signal set state = 'closed', closed_at = :now, closed_because = 'The cause is gone.',
                        cause_gone = true where id = :id returning account_id
                    """)
                    .param("id", signal)
                    .param("now", Timestamp.from(clock.instant()))
                    .query(UUID.class)
                    .single();
            listener.moved(List.of(new AccountId(account)));
        });
    }

    void score(AccountId account, int score) {
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), score = :score, band = :band where account_id = :account")
                .param("score", score)
                .param("band", score < 45 ? "AT_RISK" : score < 70 ? "WATCH" : "HEALTHY")
                .param("account", account.value())
                .update();
    }
}
