package io.perennial.playbooks;

import io.perennial.health.measures.SignalListener;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes in the transaction of a change that its accounts have to be looked at, and wakes who looks. What a crash leaves is looked
 * at after the next start.
 */
@Component
class Waiting implements SignalListener, RecordListener {

    private final JdbcClient database;
    private final Moments moments;
    private final ObjectProvider<PlaybookLoop> loop;
    private final Clock clock;

    Waiting(JdbcClient database, Moments moments, ObjectProvider<PlaybookLoop> loop, Clock clock) {
        this.database = database;
        this.moments = moments;
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public void moved(Collection<AccountId> accounts) {
        mark(accounts);
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (moments.all().stream().anyMatch(source -> source.records().contains(type.name()))) {
            mark(accounts);
        }
    }

    /** Nothing to note as long as no playbook looks. */
    private void mark(Collection<AccountId> accounts) {
        int noted = accounts.isEmpty()
                ? 0
                : database.sql("""
                insert into playbooks.waiting (account_id, marked_at)
                select a.id, :now from unnest(cast(:accounts as uuid[])) as a (id)
                where exists (select from playbooks.playbook where state in ('active', 'shadow'))
                """)
                        .param(
                                "accounts",
                                accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                        .param("now", Timestamp.from(clock.instant()))
                        .update();
        if (noted > 0) {
            loop.getObject().wakeAfterCommit();
        }
    }
}
