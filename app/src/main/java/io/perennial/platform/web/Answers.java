package io.perennial.platform.web;

import io.perennial.shared.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Idempotency keys: the answer of a command is stored in the transaction of its effect, so a client that never saw it
 * may ask again and gets the same bytes, also after a crash.
 */
@Component
public class Answers {

    private static final int LONGEST_KEY = 255;
    private static final Duration KEPT = Duration.ofHours(48);

    private final JdbcClient database;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final AtomicReference<Instant> cleaned = new AtomicReference<>(Instant.MIN);

    Answers(JdbcClient database, Clock clock, PlatformTransactionManager transactions) {
        this.database = database;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * @param keep whether a repetition gets this answer; not for refused input, which may be sent again corrected
     * @param headers not repeated in a replay
     */
    public record Answer(int status, byte[] json, boolean keep, Map<String, String> headers) {}

    /**
     * Runs the command in a transaction, once per key of this caller, method and path.
     *
     * @throws ApiProblem 400 for a bad key, 409 while the first call still runs, 422 when the body differs
     */
    public ResponseEntity<byte[]> once(HttpServletRequest request, byte[] body, Actor actor, Supplier<Answer> command) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null) {
            return response(run(command), false);
        }
        if (key.isBlank() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new ApiProblem(
                    400,
                    "bad_idempotency_key",
                    "The Idempotency-Key cannot be used",
                    "It has 1 to " + LONGEST_KEY + " printable ASCII characters.");
        }
        Scope scope = new Scope(
                actor.id() == null ? actor.name() : actor.id().toString(),
                request.getMethod(),
                request.getRequestURI(),
                key);
        ResponseEntity<byte[]> answer = transaction.execute(status -> once(scope, hash(body), command));
        return Objects.requireNonNull(answer);
    }

    private record Scope(String caller, String method, String path, String key) {

        long lock() {
            return ByteBuffer.wrap(
                            hash((caller + '\n' + method + '\n' + path + '\n' + key).getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        }

        Map<String, Object> parameters() {
            return Map.of("caller", caller, "method", method, "path", path, "key", key);
        }
    }

    private record Stored(byte[] bodyHash, int status, byte[] answer, Instant at) {}

    private ResponseEntity<byte[]> once(Scope scope, byte[] bodyHash, Supplier<Answer> command) {
        Boolean first = database.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", scope.lock())
                .query(Boolean.class)
                .single();
        if (!Boolean.TRUE.equals(first)) {
            throw new ApiProblem(
                    409,
                    "in_progress",
                    "The first call with this key still runs",
                    "Ask again in a moment to get its answer.",
                    List.of(),
                    Map.of("Retry-After", "1"));
        }
        Stored stored = find(scope).orElse(null);
        if (stored != null && stored.at().isAfter(clock.instant().minus(KEPT))) {
            if (!MessageDigest.isEqual(stored.bodyHash(), bodyHash)) {
                throw new ApiProblem(
                        422,
                        "idempotency_key_reused",
                        "This Idempotency-Key came with another body",
                        "Use a new key for a new command.");
            }
            return response(new Answer(stored.status(), stored.answer(), true, Map.of()), true);
        }
        Answer answer = command.get();
        if (answer.keep()) {
            keep(scope, bodyHash, answer);
        }
        return response(answer, false);
    }

    private Answer run(Supplier<Answer> command) {
        return Objects.requireNonNull(transaction.execute(status -> command.get()));
    }

    private Optional<Stored> find(Scope scope) {
        return database.sql("""
                select body_hash, status, answer, answered_at from platform.idempotent_answer
                where caller = :caller and method = :method and path = :path and key = :key
                """)
                .params(scope.parameters())
                .query((row, n) -> new Stored(
                        row.getBytes(1),
                        row.getInt(2),
                        row.getBytes(3),
                        row.getTimestamp(4).toInstant()))
                .optional();
    }

    private void keep(Scope scope, byte[] bodyHash, Answer answer) {
        Instant now = clock.instant();
        database.sql("""
                insert into platform.idempotent_answer (caller, method, path, key, body_hash, status, answer, answered_at)
                values (:caller, :method, :path, :key, :hash, :status, :answer, :now)
                on conflict (caller, method, path, key)
                do update set body_hash = :hash, status = :status, answer = :answer, answered_at = :now
                """)
                .params(scope.parameters())
                .param("hash", bodyHash)
                .param("status", answer.status())
                .param("answer", answer.json())
                .param("now", Timestamp.from(now))
                .update();
        Instant last = cleaned.get();
        if (last.isBefore(now.minus(Duration.ofHours(1))) && cleaned.compareAndSet(last, now)) {
            database.sql("delete from platform.idempotent_answer where answered_at < :old")
                    .param("old", Timestamp.from(now.minus(KEPT)))
                    .update();
        }
    }

    private static ResponseEntity<byte[]> response(Answer answer, boolean replayed) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
        answer.headers().forEach(response::header);
        if (replayed) {
            response.header("Idempotent-Replayed", "true");
        }
        return response.body(answer.json());
    }

    private static byte[] hash(byte @Nullable [] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
