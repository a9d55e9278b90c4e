package io.perennial.success;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Texts that ship and that a company may write anew: blueprints and the journey. Undone, the one before stands again. */
@Component
class Texts implements Undoable {

    static final String BLUEPRINT = "blueprint";
    static final String JOURNEY = "journey";
    private static final String KIND = "success-text";

    /** Names of those that ship, in {@code success/blueprints}. */
    private static final List<String> SHIPPED =
            List.of("everybody", "transport", "finance", "manufacturing", "health-care");

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Texts(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    static boolean mayWrite(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** By key: those that ship, and over them the company's own. */
    Map<String, String> blueprints() {
        Map<String, String> texts = new TreeMap<>();
        SHIPPED.forEach(key -> texts.put(key, shipped(BLUEPRINT, key).orElseThrow()));
        database.sql("select key, body from success.text where kind = :kind order by key limit 200")
                .param("kind", BLUEPRINT)
                .query(row -> {
                    texts.put(row.getString(1), row.getString(2));
                });
        return texts;
    }

    String journey() {
        return own(JOURNEY, JOURNEY).orElseGet(() -> shipped(JOURNEY, JOURNEY).orElseThrow());
    }

    Optional<String> own(String kind, String key) {
        return database.sql("select body from success.text where kind = :kind and key = :key")
                .param("kind", kind)
                .param("key", key)
                .query(String.class)
                .optional();
    }

    static Optional<String> shipped(String kind, String key) {
        if (kind.equals(BLUEPRINT) && !SHIPPED.contains(key)) {
            return Optional.empty();
        }
        String path = kind.equals(BLUEPRINT) ? "/success/blueprints/" + key + ".txt" : "/success/journey.txt";
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(path), path)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param body checked by the caller; null goes back to what ships
     * @return for undo; null when nothing changed
     */
    @Transactional
    @Nullable
    UUID write(String kind, String key, String title, @Nullable String body, Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Leaders and administrators write these texts.");
        }
        String before = own(kind, key).orElse(null);
        if (Objects.equals(before, body)) {
            return null;
        }
        store(kind, key, body, viewer.name());
        return audit.record(
                viewer.actor(),
                KIND,
                (kind.equals(BLUEPRINT) ? "Blueprint " + title : "The journey")
                        + (body == null ? " as shipped" : " written"),
                List.of(new ChangedThing(kind, key, null, json(before), json(body))));
    }

    private void store(String kind, String key, @Nullable String body, String by) {
        if (body == null) {
            database.sql("delete from success.text where kind = :kind and key = :key")
                    .param("kind", kind)
                    .param("key", key)
                    .update();
            return;
        }
        database.sql("""
                insert into success.text (kind, key, body, changed_at, changed_by) values (:kind, :key, :body, :now, :by)
                on conflict (kind, key) do update set body = :body, changed_at = :now, changed_by = :by
                """)
                .param("kind", kind)
                .param("key", key)
                .param("body", body)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            if (!Objects.equals(own(thing.type(), thing.id()).orElse(null), body(thing.after()))) {
                return "somebody wrote it anew since";
            }
            store(thing.type(), thing.id(), body(thing.before()), actor.name());
            return null;
        });
    }

    private @Nullable String json(@Nullable String body) {
        return body == null
                ? null
                : database.sql("select jsonb_build_object('body', cast(:body as text))::text")
                        .param("body", body)
                        .query(String.class)
                        .single();
    }

    private @Nullable String body(@Nullable String json) {
        return json == null
                ? null
                : database.sql("select cast(:json as jsonb) ->> 'body'")
                        .param("json", json)
                        .query(String.class)
                        .single();
    }
}
