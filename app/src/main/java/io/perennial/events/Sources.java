package io.perennial.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.perennial.identity.SecurityLog;
import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates, lists, closes and recognises sources, and gives them new keys. */
@Component
public class Sources {

    /** A source closed by another process, such as the command line, is refused after this time at the latest. */
    static final Duration REMEMBERED = Duration.ofSeconds(1);

    private static final int MAX_NAME = 100;
    private static final String TYPE = "sources";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final SecurityLog log;
    private final Clock clock;
    private final Cache<String, Optional<Source>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Sources(JdbcClient database, TransactionTemplate transaction, SecurityLog log, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @throws AccessDeniedException unless the viewer is an administrator
     * @throws IllegalArgumentException without a name of 1 to 100 characters, or when another source has it
     */
    public Source.WithKey create(Viewer viewer, String name) {
        onlyAdministrators(viewer);
        String called = name.strip();
        if (called.isEmpty() || called.length() > MAX_NAME) {
            throw new IllegalArgumentException("Give the source a name of 1 to " + MAX_NAME + " characters.");
        }
        return make(viewer.actor(), called, clock.instant());
    }

    /**
     * For whoever sets a whole company up, such as the demo; no person asks for it.
     *
     * @param since when it is said to have been made
     * @return empty when there is a source of that name already
     */
    public Optional<Source.WithKey> found(Actor actor, String name, Instant since) {
        boolean there = database.sql("select exists (select from events.source where name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
        return there ? Optional.empty() : Optional.of(make(actor, name, since));
    }

    private Source.WithKey make(Actor actor, String called, Instant since) {
        String key = WriteKey.TEXT.fresh();
        try {
            Source source = transaction.execute(status -> {
                Source made = database.sql("""
                        insert into events.source (name, key_hash, key_shown, created_at, created_by)
                        values (:name, :hash, :shown, :now, :by)
                        returning id, name, key_shown, created_at, created_by, closed_at
                        """)
                        .param("name", called)
                        .param("hash", SecretText.hash(key))
                        .param("shown", WriteKey.TEXT.shown(key))
                        .param("now", Timestamp.from(since))
                        .param("by", actor.name())
                        .query(Sources::source)
                        .single();
                note(actor, made.id(), "Source " + called + " created");
                return made;
            });
            return new Source.WithKey(Objects.requireNonNull(source), key);
        } catch (DuplicateKeyException taken) {
            throw new IllegalArgumentException("There is a source of that name already.", taken);
        }
    }

    /** A new write key; the old one is refused from now on. Empty when there is no such open source. */
    public Optional<Source.WithKey> rotate(Viewer viewer, int id) {
        onlyAdministrators(viewer);
        String key = WriteKey.TEXT.fresh();
        Optional<Source> source = transaction.execute(status -> {
            Optional<Source> changed = database.sql("""
                    update events.source set key_hash = :hash, key_shown = :shown where id = :id and closed_at is null
                    returning id, name, key_shown, created_at, created_by, closed_at
                    """)
                    .param("hash", SecretText.hash(key))
                    .param("shown", WriteKey.TEXT.shown(key))
                    .param("id", id)
                    .query(Sources::source)
                    .optional();
            changed.ifPresent(made -> note(viewer.actor(), id, "Source " + made.name() + " got a new write key"));
            return changed;
        });
        known.invalidateAll();
        return Objects.requireNonNull(source).map(changed -> new Source.WithKey(changed, key));
    }

    /** Takes nothing more from it, at once; closing twice changes nothing. What came stays. */
    public void close(Viewer viewer, int id) {
        onlyAdministrators(viewer);
        transaction.executeWithoutResult(status -> database.sql("""
                update events.source set closed_at = :now where id = :id and closed_at is null returning name
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(name -> note(viewer.actor(), id, "Source " + name + " closed")));
        known.invalidateAll();
    }

    /** Open sources first, by name. */
    public List<Source> list(Viewer viewer) {
        onlyAdministrators(viewer);
        return database.sql("""
                select id, name, key_shown, created_at, created_by, closed_at from events.source
                order by closed_at is not null, name
                """).query(Sources::source).list();
    }

    /** The open source with this write key. Asks the database at most once a second for each key. */
    public Optional<Source> recognise(String key) {
        Optional<Source> remembered = known.getIfPresent(key);
        if (remembered != null) {
            return remembered;
        }
        if (!WriteKey.TEXT.isWellFormed(key)) {
            return Optional.empty();
        }
        return known.get(
                key,
                text -> database.sql("""
                select id, name, key_shown, created_at, created_by, closed_at from events.source
                where key_hash = :hash and closed_at is null
                """)
                        .param("hash", SecretText.hash(text))
                        .query(Sources::source)
                        .optional());
    }

    private void note(Actor actor, int id, String summary) {
        log.record(actor, summary, TYPE, String.valueOf(id));
    }

    static void onlyAdministrators(Viewer viewer) {
        if (!viewer.role().mayAdminister()) {
            throw new AccessDeniedException("Only administrators manage sources.");
        }
    }

    private static Source source(ResultSet row, int number) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        return new Source(
                row.getInt("id"),
                row.getString("name"),
                row.getString("key_shown"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                closed == null ? null : closed.toInstant());
    }
}
