package io.perennial.platform.jobs;

import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code platform.job}. Each write of a run names its attempt, so that a run taken for dead cannot write. */
@Component
class JobStore {

    private final JdbcClient database;
    private final Clock clock;

    JobStore(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A job that has just been started by this process. */
    record Started(
            UUID id,
            String kind,
            String parameters,
            @Nullable String checkpoint,
            int attempt,
            Actor actor) {}

    void insert(UUID id, String kind, String title, String parameters, Actor actor) {
        database.sql("""
                insert into platform.job (id, kind, title, parameters, actor_kind, actor_id, actor_name, created_at)
                values (:id, :kind, :title, :parameters::jsonb, :actorKind, :actorId, :actorName, :now)
                """)
                .param("id", id)
                .param("kind", kind)
                .param("title", title)
                .param("parameters", parameters)
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id(), Types.OTHER)
                .param("actorName", actor.name())
                .param("now", now())
                .update();
    }

    /** Empty when the job is gone, finished, or was cancelled before it began. */
    Optional<Started> start(UUID id) {
        return database.sql("""
                update platform.job
                set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, :now), heartbeat = :now
                where id = :id and state in ('queued', 'running')
                returning id, kind, parameters::text, checkpoint::text, attempt, actor_kind, actor_id, actor_name
                """)
                .param("id", id)
                .param("now", now())
                .query((row, number) -> new Started(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("parameters"),
                        row.getString("checkpoint"),
                        row.getInt("attempt"),
                        new Actor(
                                Actor.Kind.valueOf(row.getString("actor_kind")),
                                row.getObject("actor_id", UUID.class),
                                row.getString("actor_name"))))
                .optional();
    }

    boolean progress(UUID id, int attempt, String stage, long done, long total) {
        return database.sql("""
                update platform.job set stage = :stage, done = :done, total = :total, heartbeat = :now
                where id = :id and attempt = :attempt and state = 'running'
                """)
                        .param("id", id)
                        .param("attempt", attempt)
                        .param("stage", stage)
                        .param("done", done)
                        .param("total", total)
                        .param("now", now())
                        .update()
                == 1;
    }

    boolean checkpoint(UUID id, int attempt, String json) {
        return database.sql("""
                update platform.job set checkpoint = :json::jsonb, heartbeat = :now
                where id = :id and attempt = :attempt and state = 'running'
                """)
                        .param("id", id)
                        .param("attempt", attempt)
                        .param("json", json)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** A job that has vanished counts as cancelled: nobody waits for it. */
    boolean cancelRequested(UUID id) {
        return database.sql("select cancel_requested from platform.job where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** @return whether the job was still unfinished; a waiting job is cancelled at once */
    boolean requestCancel(UUID id) {
        return database.sql("""
                update platform.job
                set cancel_requested = true,
                    finished_at = case when state = 'queued' then :now end,
                    result = case when state = 'queued' then 'Cancelled before it began' else result end,
                    state = case when state = 'queued' then 'cancelled' else state end
                where id = :id and state in ('queued', 'running')
                """).param("id", id).param("now", now()).update() == 1;
    }

    void finish(UUID id, int attempt, String state, @Nullable String result, @Nullable String error) {
        database.sql("""
                update platform.job
                set state = :state, result = :result, error = :error, finished_at = :now, heartbeat = :now
                where id = :id and attempt = :attempt and state = 'running'
                """)
                .param("id", id)
                .param("attempt", attempt)
                .param("state", state)
                .param("result", result)
                .param("error", error)
                .param("now", now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
