package io.perennial.events.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever order, batches, threads and interruptions events come in: the same use comes out. */
@PerennialTest
class StormTests {

    /** The end of a month lies between the first and the last arrival. */
    private static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");

    private static final int SENDERS = 4;
    private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
    private static final LocalDate LAST = LocalDate.parse("2026-12-31");

    @Autowired
    JdbcClient database;

    @Autowired
    JdbcTemplate template;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Records records;

    @Autowired
    EventReading reading;

    @Autowired
    Replay replay;

    @Autowired
    MovableClock clock;

    static LongStream storms() {
        return LongStream.range(0, Integer.getInteger("perennial.storms", 8));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void eventsSentThreeTimesInAnyOrderAreCountedOnceAndLikeTheRecount(long seed) throws Exception {
        Storm storm = new Storm(seed, 300, MONTH_END);
        Random random = new Random(seed);
        clock.moveTo(MONTH_END.minus(Duration.ofMinutes(2)));
        List<List<Sent>> batches = batches(storm, random);
        int imports = random.nextInt(batches.size());
        for (int next = 0; next < batches.size(); next += SENDERS) {
            send(batches.subList(next, Math.min(batches.size(), next + SENDERS)));
            if (next <= imports && imports < next + SENDERS) {
                importWhatEventsDoNotSay();
            }
            if (random.nextInt(3) == 0) {
                interrupted(1 + random.nextInt(200));
            }
            if (random.nextBoolean()) {
                reading.batch(1 + random.nextInt(400));
            }
            clock.moveBy(Duration.ofSeconds(random.nextInt(20)));
        }
        drainInSteps(random);

        Rollup rollup = Rollup.of(database);
        assertThat(rollup.facts()).isEqualTo(storm.expectedFacts());
        assertThat(rollup.slots()).isEqualTo(storm.expectedSlots());
        assertThat(rollup.days()).isEqualTo(Rollup.daysFromFacts(database));
        assertThat(rollup.company()).isEqualTo(Rollup.companyFromDays(database));
        assertThat(database.sql("select count(*) from events.unresolved")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(replay.days((Replay.Account) null, FIRST, LAST))
                .as("days that a recount finds different")
                .isZero();
        recountRepairs(rollup, random);
    }

    private void recountRepairs(Rollup right, Random random) {
        database.sql("update usage.daily set events = events + 7 where events > 1")
                .update();
        database.sql("delete from usage.user_day where user_id % 3 = :n")
                .param("n", random.nextInt(3))
                .update();
        assertThat(replay.days((Replay.Account) null, FIRST, LAST)).isPositive();
        assertThat(Rollup.of(database)).isEqualTo(right);
    }

    private List<List<Sent>> batches(Storm storm, Random random) {
        List<List<Sent>> batches = new ArrayList<>();
        for (int copy = 0; copy < 3; copy++) {
            List<Sent> shuffled = new ArrayList<>(storm.events());
            Collections.shuffle(shuffled, random);
            for (int from = 0; from < shuffled.size(); ) {
                int to = Math.min(shuffled.size(), from + 1 + random.nextInt(80));
                batches.add(shuffled.subList(from, to));
                from = to;
            }
        }
        return batches;
    }

    private void send(List<List<Sent>> batches) throws InterruptedException, ExecutionException {
        Appender appender = new Appender(template, transactions);
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> sent = new ArrayList<>();
            batches.forEach(batch -> sent.add(senders.submit(() -> appender.append(clock.instant(), batch))));
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    /** All of a batch is done, and then the server dies before the commit. */
    private void interrupted(int most) {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            reading.batch(most);
            transaction.setRollbackOnly();
        });
    }

    private void drainInSteps(Random random) {
        while (reading.batch(1 + random.nextInt(300)) > 0) {
            clock.moveBy(Duration.ofSeconds(1));
        }
        reading.drain();
    }

    private void importWhatEventsDoNotSay() {
        List<RecordRow> accounts = new ArrayList<>();
        Storm.accounts().forEach(id -> accounts.add(new RecordRow(1, id, new HashMap<>(Map.of("name", id)), Map.of())));
        List<RecordRow> contacts = new ArrayList<>();
        for (int user = 0; user < Storm.users(); user++) {
            if (Storm.comesByImport(user)) {
                contacts.add(new RecordRow(
                        1,
                        "user-" + user,
                        new HashMap<>(Map.of("name", "User", "account", Storm.account(user))),
                        Map.of()));
            }
        }
        Records.Write write = new Records.Write(null, "imported", Records.Formats.ISO);
        records.upsert(records.type("accounts").orElseThrow(), accounts, Actor.SYSTEM, write);
        records.upsert(records.type("contacts").orElseThrow(), contacts, Actor.SYSTEM, write);
    }
}
