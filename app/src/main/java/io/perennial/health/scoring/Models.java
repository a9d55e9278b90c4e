package io.perennial.health.scoring;

import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.HealthModel;
import io.perennial.health.model.ModelProblem;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The versions of the health models: which stand, which stood at any past instant, drafts and publishing. */
@Component
public class Models {

    static final String SHIPPED = "Ships with Perennial";

    private final JdbcClient database;
    private final Clock clock;
    private final Map<UUID, HealthModel> parsed = new ConcurrentHashMap<>();

    Models(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** In the order in which they are tried: those for named segments first, the one for all last. */
    List<ModelVersion> inForce() {
        List<ModelVersion> models = ordered(load("where state = 'published'", Map.of()));
        if (models.isEmpty()) {
            seed();
            models = ordered(load("where state = 'published'", Map.of()));
        }
        return models;
    }

    /** The versions that stood at that instant; before the first was published, the first. */
    List<ModelVersion> inForceAt(Instant instant) {
        List<ModelVersion> models = ordered(load("""
                where published_at <= :at and (retired_at is null or retired_at > :at)
                   or published_at > :at and version = 1
                """, Map.of("at", Timestamp.from(instant))));
        return models.isEmpty() ? inForce() : models;
    }

    public Optional<ModelVersion> find(UUID id) {
        return load("where id = :id", Map.of("id", id)).stream().findFirst();
    }

    public List<ModelVersion> all() {
        inForce();
        return load("", Map.of());
    }

    public List<ModelVersion> versionsOf(String name) {
        return load("where name = :name", Map.of("name", name));
    }

    /**
     * Saves a text as the next draft of its model; an existing draft is replaced.
     *
     * @throws ModelProblem when the text cannot be used
     */
    @Transactional
    public UUID draft(String name, String text, Actor actor) throws ModelProblem {
        HealthModel.parse(text);
        database.sql("delete from health.model_version where name = :name and state = 'draft'")
                .param("name", name)
                .update();
        UUID id = Ids.next();
        parsed.remove(id);
        insert(id, name, text, "draft", "", actor);
        return id;
    }

    /** Puts a draft in force and retires the version before it. The norms of the new version are the caller's work. */
    @Transactional
    public ModelVersion publish(UUID draft, String reason, Actor actor) {
        ModelVersion version = find(draft)
                .filter(found -> found.state().equals("draft"))
                .orElseThrow(() -> new IllegalStateException("Only a draft can be published; reload the page."));
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why this version is better: everybody's scores change.");
        }
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                        update health.model_version set state = 'retired', retired_at = :now
                        where name = :name and state = 'published'
                        """).param("now", now).param("name", version.name()).update();
        database.sql("""
                        update health.model_version
                        set state = 'published', reason = :reason, published_by = :by, published_at = :now
                        where id = :id
                        """)
                .param("reason", reason.strip())
                .param("by", actor.name())
                .param("now", now)
                .param("id", draft)
                .update();
        return find(draft).orElseThrow();
    }

    private synchronized void seed() {
        HealthModel standard = DefaultModels.standard();
        insert(Ids.next(), standard.name(), standard.text(), "published", SHIPPED, Actor.SYSTEM);
    }

    private void insert(UUID id, String name, String text, String state, String reason, Actor actor) {
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                        insert into health.model_version
                            (id, name, version, text, state, reason, created_by, created_at, published_by, published_at)
                        select :id, :name, 1 + coalesce(max(version), 0), :text, :state, :reason, :by, :now,
                               case when :state = 'published' then :by end,
                               case when :state = 'published' then :now::timestamptz end
                        from health.model_version where name = :name
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("name", name)
                .param("text", text)
                .param("state", state)
                .param("reason", reason)
                .param("by", actor.name())
                .param("now", now)
                .update();
    }

    private List<ModelVersion> load(String where, Map<String, ?> parameters) {
        return database.sql("select * from health.model_version " + where + " order by name, version desc")
                .params(parameters)
                .query((row, number) -> version(row))
                .list();
    }

    private ModelVersion version(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String text = row.getString("text");
        return new ModelVersion(
                id,
                row.getString("name"),
                row.getInt("version"),
                parsed.computeIfAbsent(id, fresh -> parse(text)),
                row.getString("state"),
                row.getString("reason"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("published_by"),
                instant(row.getTimestamp("published_at")),
                instant(row.getTimestamp("retired_at")));
    }

    private static HealthModel parse(String text) {
        try {
            return HealthModel.parse(text);
        } catch (ModelProblem e) {
            throw new IllegalStateException("A stored health model cannot be read any more:\n" + e.getMessage(), e);
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static List<ModelVersion> ordered(List<ModelVersion> versions) {
        List<ModelVersion> ordered = new ArrayList<>();
        versions.stream().filter(version -> restricted(version.model())).forEach(ordered::add);
        versions.stream().filter(version -> !restricted(version.model())).forEach(ordered::add);
        return ordered;
    }

    private static boolean restricted(HealthModel model) {
        return !model.match().segments().isEmpty() || !model.match().stages().isEmpty();
    }
}
