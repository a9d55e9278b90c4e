package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign whose server is killed while letters are written and while they leave: everybody gets their letter, nobody one under
 * another Message-ID, and of what the kill interrupted at most one letter comes twice. The full form is described in
 * {@code docs/operations.md}.
 */
class LetterCrashTests {

    private static final int LETTERS = Integer.getInteger("perennial.crash.letters", 1_000);
    private static final int KILLS = Integer.getInteger("perennial.crash.letter-kills", 2);
    private static final long SEED = Long.getLong("perennial.crash.seed", 1);
    /** A claim that a kill leaves behind runs out after ten minutes: here in a second. */
    private static final int SPEED = 600;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SENT_LIMIT = Duration.ofHours(5);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void everybodyGetsTheirLetterUnderOneIdentity() throws Exception {
        FastClock clock = FastClock.beforeTheEndOfTheMonth(directory, Duration.ofDays(3), SPEED);
        try (LetterSink sink = new LetterSink();
                Victim victim = new Victim(directory, clock)
                        .with(
                                "--perennial.mail.from=help@lumenworks.example",
                                "--perennial.mail.postal-address=1 Harbour Street",
                                "--perennial.mail.smtp.host=127.0.0.1",
                                "--perennial.mail.smtp.port=" + sink.port(),
                                "--perennial.mail.smtp.security=none",
                                "--perennial.mail.most-per-hour=100000000",
                                "--perennial.public-address=https://success.lumenworks.example")) {
            Campaign.start(victim);
            clock.run();
            prepare(victim);
            String key = victim.createKey("write");
            String id = begun(victim, key);
            long began = System.nanoTime();
            assertThat(post(victim, key, "/api/v1/campaigns/" + id + "/start", "{\"people\": " + LETTERS + "}"))
                    .contains("\"state\":\"running\"");
            // Once while they are written, then while they leave.
            Campaign.until(
                    "some letters are written", LIMIT, () -> number(victim, "select count(*) from mail.letter") > 0);
            for (int kill = 1; kill <= KILLS; kill++) {
                Thread.sleep(random.nextInt(200));
                if (kill % 2 == 0) {
                    victim.killEverything();
                } else {
                    victim.killJvm();
                }
                Campaign.start(victim);
                int enough = (int) ((long) LETTERS * kill / (KILLS + 1));
                Campaign.until("more letters leave", SENT_LIMIT, () -> sink.taken() >= enough);
            }
            Campaign.until(
                    "everything has left",
                    SENT_LIMIT,
                    () -> sink.letters().size() >= LETTERS
                            && number(victim, "select count(*) from mail.letter where state in ('waiting', 'sending')")
                                    == 0);
            report(sink, victim, System.nanoTime() - began);
            check(sink, victim);
        }
    }

    private static void check(LetterSink sink, Victim victim) throws Exception {
        assertThat(sink.letters()).hasSize(LETTERS);
        for (Map.Entry<String, Queue<String>> reader : sink.letters().entrySet()) {
            Set<String> identities = new TreeSet<>(reader.getValue());
            assertThat(identities).as(reader.getKey()).hasSize(1);
        }
        assertThat(sink.taken() - LETTERS).as("letters that came twice").isBetween(0, KILLS);
        assertThat(number(victim, "select count(*) from mail.letter where state <> 'accepted'"))
                .isZero();
        assertThat(number(victim, "select count(*) from campaigns.sent")).isEqualTo(LETTERS);
        assertThat(number(victim, "select count(*) from campaigns.person where state = 'done'"))
                .isEqualTo(LETTERS);
    }

    /** Customers with a person each, and a house that writes at any hour. */
    private static void prepare(Victim victim) throws Exception {
        for (String statement : List.of(
                """
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                select gen_random_uuid(), 'crowd-' || n, 'Customer ' || n, now(), now() from generate_series(1, %d) n
                """.formatted(LETTERS),
                """
                insert into accounts.contact (id, external_id, account_id, name, email, roles, created_at, updated_at)
                select gen_random_uuid(), 'person-' || external_id, id, 'Person of ' || name, external_id || '@crowd.example',
                    '{admin}', now(), now() from accounts.account
                """,
                "insert into campaigns.rules values (true, 2, 7, 0, 24, 127, 'UTC', '{}', 1000000, 'test', now())",
                "analyze accounts.account, accounts.contact")) {
            try (Connection database = victim.connect();
                    Statement one = database.createStatement()) {
                one.execute(statement);
            }
        }
    }

    private String begun(Victim victim, String key) throws Exception {
        String answer = post(victim, key, "/api/v1/campaigns", """
                {"name": "Crowd", "holdOut": 0, "steps": [{"kind": "letter", "texts": {"en":
                    {"subject": "{first_name}, reports for {customer}", "body": "Dear {name},\\n\\nreports **are** ready."}}}]}
                """);
        assertThat(answer).contains("\"state\":\"draft\"");
        return answer.replaceAll("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
    }

    private String post(Victim victim, String key, String path, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(victim.address() + path))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static long number(Victim victim, String query) throws Exception {
        try (Connection database = victim.connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException away) {
            return -1;
        }
    }

    private static void report(LetterSink sink, Victim victim, long nanos) {
        System.out.printf(
                "%,d letters, %d kills, %d starts of the server: %,d taken by the mail server, %,d of them twice; %,d s%n",
                LETTERS,
                KILLS,
                victim.starts(),
                sink.taken(),
                sink.taken() - LETTERS,
                TimeUnit.NANOSECONDS.toSeconds(nanos));
    }
}
