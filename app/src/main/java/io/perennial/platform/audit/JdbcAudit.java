package io.perennial.platform.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Audit rows in {@code platform.change}; only inside a transaction, so that no change goes without its row. */
@Component
class JdbcAudit implements Audit {

    private final JdbcClient database;
    private final Clock clock;

    JdbcAudit(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID record(Actor actor, String kind, String summary, List<ChangedThing> things) {
        UUID change = UuidCreator.getTimeOrderedEpoch();
        record(change, actor, kind, summary, things);
        return change;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(UUID change, Actor actor, String kind, String summary, List<ChangedThing> things) {
        database.sql("""
                insert into platform.change (id, at, actor_kind, actor_id, actor_name, kind, summary)
                values (:id, :at, :actorKind, :actorId, :actorName, :kind, :summary)
                on conflict (id) do nothing
                """)
                .param("id", change)
                .param("at", Timestamp.from(clock.instant()))
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("kind", kind)
                .param("summary", summary)
                .update();
        append(change, things);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(UUID change, List<ChangedThing> things) {
        if (things.isEmpty()) {
            return;
        }
        database.sql("""
                insert into platform.change_row (change_id, thing_type, thing_id, account_id, before, after)
                select :change, type, id, account, cast(before as jsonb), cast(after as jsonb)
                from unnest(cast(:types as text[]), cast(:ids as text[]), cast(:accounts as uuid[]),
                            cast(:befores as text[]), cast(:afters as text[]))
                     with ordinality as thing(type, id, account, before, after, position)
                order by position
                """)
                .param("change", change)
                .param("types", things.stream().map(ChangedThing::type).toArray(String[]::new))
                .param("ids", things.stream().map(ChangedThing::id).toArray(String[]::new))
                .param("accounts", things.stream().map(JdbcAudit::account).toArray(String[]::new))
                .param("befores", things.stream().map(ChangedThing::before).toArray(String[]::new))
                .param("afters", things.stream().map(ChangedThing::after).toArray(String[]::new))
                .update();
    }

    private static @Nullable String account(ChangedThing thing) {
        return thing.account() == null ? null : thing.account().toString();
    }
}
