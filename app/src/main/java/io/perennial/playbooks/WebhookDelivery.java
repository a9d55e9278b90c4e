package io.perennial.playbooks;

import io.perennial.platform.background.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what playbooks tell webhooks, signed as the Standard Webhooks specification says, again under the same id until it is
 * taken. Source of the signature and of the times of repetition: Standard Webhooks, spec/standard-webhooks.md.
 */
@Component
class WebhookDelivery extends Loop {

    /** From the first attempt, 75 hours and a half until the last. */
    private static final List<Duration> AGAIN_AFTER = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Longer than any call takes; after it a claim belongs to a process that is gone. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int AT_ONCE = 16;

    /** One that hangs must not hold up the others. */
    private static final int AT_ONCE_OF_ONE = 4;

    private static final int GONE = 410;
    private static final Duration POLL = Duration.ofSeconds(2);

    private final JdbcClient database;
    private final OutsideAddress outside;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<UUID, String> inFlight = new ConcurrentHashMap<>();

    WebhookDelivery(
            JdbcClient database,
            OutsideAddress outside,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.playbooks.loop:true}") boolean enabled) {
        super("playbooks-webhooks", POLL, enabled);
        this.database = database;
        this.outside = outside;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Call(UUID id, String webhook, String url, String secret, String body, int attempt) {}

    @Override
    protected Duration step() {
        List<Call> calls = claim(AT_ONCE - inFlight.size());
        for (Call call : calls) {
            inFlight.put(call.id(), call.webhook());
            callers.execute(() -> {
                try {
                    send(call);
                } finally {
                    inFlight.remove(call.id());
                    wake();
                }
            });
        }
        return POLL;
    }

    /** Sends what is due, one after another; for tests. */
    int drain() {
        int sent = 0;
        for (List<Call> calls = claim(AT_ONCE); !calls.isEmpty(); calls = claim(AT_ONCE)) {
            calls.forEach(this::send);
            sent += calls.size();
        }
        return sent;
    }

    private List<Call> claim(int most) {
        if (most <= 0) {
            return List.of();
        }
        String[] busy = inFlight.values().stream()
                .filter(name -> inFlight.values().stream().filter(name::equals).count() >= AT_ONCE_OF_ONE)
                .distinct()
                .toArray(String[]::new);
        Timestamp now = Timestamp.from(clock.instant());
        List<Call> calls = transactions.execute(transaction -> database.sql("""
                update playbooks.delivery d set attempts = attempts + 1, claimed_until = :until
                from playbooks.webhook w
                where w.name = d.webhook and d.id in (
                    select id from (
                        select x.id, row_number() over (partition by x.webhook order by x.next_at, x.id) as nth
                        from playbooks.delivery x
                        where x.state = 'waiting' and x.next_at <= :now and coalesce(x.claimed_until <= :now, true)
                            and x.webhook <> all(:busy)) x
                    where nth <= :each limit :most)
                  and d.state = 'waiting' and coalesce(d.claimed_until <= :now, true)
                returning d.id, d.webhook, w.url, w.secret, d.body, d.attempts
                """)
                .param("now", now)
                .param("until", Timestamp.from(clock.instant().plus(CLAIM)))
                .param("busy", busy)
                .param("each", AT_ONCE_OF_ONE)
                .param("most", most)
                .query((row, number) -> new Call(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6)))
                .list());
        return calls == null ? List.of() : calls;
    }

    private void send(Call call) {
        try {
            URI address = Webhooks.address(call.url());
            outside.check(address);
            String at = String.valueOf(clock.instant().getEpochSecond());
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .header("webhook-id", call.id().toString())
                    .header("webhook-timestamp", at)
                    .header("webhook-signature", signature(call.secret(), call.id() + "." + at + "." + call.body()))
                    .POST(HttpRequest.BodyPublishers.ofString(call.body()))
                    .build();
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            settle(call, answer.statusCode());
        } catch (PlaybookRefused e) {
            give(call, "failed", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            again(
                    call,
                    "No answer: " + e.getClass().getSimpleName()
                            + (e.getMessage() == null ? "" : ", " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalArgumentException e) {
            // Otherwise it would be claimed again and again, and never be given up.
            again(call, "It could not be sent: " + e.getMessage());
        }
    }

    private void settle(Call call, int status) {
        if (status >= 200 && status < 300) {
            give(call, "delivered", "Taken with " + status + ".");
        } else if (status == GONE) {
            give(call, "failed", "The receiver says that it is gone (410).");
        } else {
            again(call, "Answered with " + status + ".");
        }
    }

    private void again(Call call, String words) {
        if (call.attempt() > AGAIN_AFTER.size()) {
            give(call, "failed", words + " Given up after " + call.attempt() + " attempts.");
            return;
        }
        Instant next = clock.instant().plus(AGAIN_AFTER.get(call.attempt() - 1));
        database.sql("""
                update playbooks.delivery set next_at = :next, claimed_until = null, words = :words
                where id = :id and state = 'waiting' and attempts = :attempt
                """)
                .param("next", Timestamp.from(next))
                .param("words", words)
                .param("id", call.id())
                .param("attempt", call.attempt())
                .update();
    }

    private void give(Call call, String state, String words) {
        database.sql("""
                update playbooks.delivery set state = :state, settled_at = :now, claimed_until = null, words = :words
                where id = :id and state = 'waiting' and attempts = :attempt
                """)
                .param("state", state)
                .param("now", Timestamp.from(clock.instant()))
                .param("words", words)
                .param("id", call.id())
                .param("attempt", call.attempt())
                .update();
    }

    /** {@code v1,} and the Base64 of HMAC-SHA256 under the bytes behind {@code whsec_}. */
    static String signature(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
