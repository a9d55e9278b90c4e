package io.perennial.identity.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates, lists, revokes and recognises API keys. */
@Component
public class ApiKeys {

    /** A key revoked by another process, such as the command line, is refused after this time at the latest. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MAX_NAME = 100;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final KeyAudit audit;
    private final Clock clock;
    private final Cache<ByteBuffer, ApiKey> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    ApiKeys(JdbcClient database, TransactionTemplate transaction, KeyAudit audit, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /** A key as lists show it. */
    public record Listed(
            UUID id,
            String name,
            String prefix,
            List<String> scopes,
            @Nullable String createdBy,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    /**
     * @return the key itself, to be shown once
     * @throws AccessDeniedException unless the viewer is an administrator
     * @throws IllegalArgumentException without a name of 1 to 100 characters or without scopes
     */
    public String create(Viewer viewer, String name, Set<Scope> scopes) {
        onlyAdministrators(viewer);
        String called = name.strip();
        if (called.isEmpty() || called.length() > MAX_NAME) {
            throw new IllegalArgumentException("Give the key a name of 1 to " + MAX_NAME + " characters.");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("Choose at least one scope.");
        }
        String text = KeyText.fresh();
        UUID id = Ids.next();
        transaction.executeWithoutResult(status -> {
            database.sql("""
                    insert into identity.api_key (id, name, prefix, hash, scopes, created_by, created_at)
                    values (:id, :name, :prefix, :hash, :scopes, :by, :now)
                    """)
                    .param("id", id)
                    .param("name", called)
                    .param("prefix", KeyText.shown(text))
                    .param("hash", KeyText.hash(text))
                    .param("scopes", scopes.stream().map(Scope::text).sorted().toArray(String[]::new))
                    .param("by", viewer.memberId())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            audit.created(viewer.actor(), id, called, scopes);
        });
        return text;
    }

    /** Ends the key at once; revoking twice changes nothing. */
    public void revoke(Viewer viewer, UUID id) {
        onlyAdministrators(viewer);
        transaction.executeWithoutResult(status -> database.sql("""
                update identity.api_key set revoked_at = :now where id = :id and revoked_at is null returning name
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(name -> audit.revoked(viewer.actor(), id, name)));
        known.asMap().values().removeIf(key -> key.id().equals(id));
    }

    /** Keys in force first, the newest first. */
    public List<Listed> list(Viewer viewer) {
        onlyAdministrators(viewer);
        return database.sql("""
                select k.id, k.name, k.prefix, k.scopes, m.name as by_name, k.created_at, k.last_used_at, k.revoked_at
                from identity.api_key k left join identity.team_member m on m.id = k.created_by
                order by k.revoked_at is not null, k.created_at desc, k.id
                """).query(ApiKeys::listed).list();
    }

    /** The key with this text, unless it is malformed, unknown or revoked. */
    public Optional<ApiKey> recognise(String text) {
        if (!KeyText.isWellFormed(text)) {
            return Optional.empty();
        }
        byte[] hash = KeyText.hash(text);
        ApiKey remembered = known.getIfPresent(ByteBuffer.wrap(hash));
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<ApiKey> found = database.sql("""
                select id, name, scopes from identity.api_key where hash = :hash and revoked_at is null
                """)
                .param("hash", hash)
                .query((row, number) -> new ApiKey(
                        row.getObject("id", UUID.class), row.getString("name"), scopes(row.getArray("scopes"))))
                .optional();
        found.ifPresent(key -> {
            known.put(ByteBuffer.wrap(hash), key);
            markUsed(key.id());
        });
        return found;
    }

    /** Scopes of a key that may have been revoked since; empty when there is no such key. */
    public Set<Scope> scopes(UUID id) {
        return database.sql("select scopes from identity.api_key where id = :id")
                .param("id", id)
                .query((row, number) -> scopes(row.getArray(1)))
                .optional()
                .orElse(Set.of());
    }

    /** At most once a minute: the column answers "is this key still in use", not "how often". */
    private void markUsed(UUID id) {
        Instant now = clock.instant();
        database.sql("""
                update identity.api_key set last_used_at = :now
                where id = :id and (last_used_at is null or last_used_at < :minute_ago)
                """)
                .param("now", Timestamp.from(now))
                .param("minute_ago", Timestamp.from(now.minusSeconds(60)))
                .param("id", id)
                .update();
    }

    private static void onlyAdministrators(Viewer viewer) {
        if (!viewer.role().mayAdminister()) {
            throw new AccessDeniedException("Only administrators manage API keys.");
        }
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        return new Listed(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                scopes(row.getArray("scopes")).stream().map(Scope::text).toList(),
                row.getString("by_name"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static Set<Scope> scopes(Array array) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) array.getArray()).map(Scope::of).forEach(scope -> scope.ifPresent(scopes::add));
        return scopes;
    }
}
