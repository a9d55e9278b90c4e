package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.crash.FileSender.SentFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a power cut at any moment the product starts on what is left, and everything that it had acknowledged is there and
 * counted once. The full form is described in {@code docs/operations.md}.
 */
class PowerCutTests {

    private static final int CUTS = Integer.getInteger("perennial.powercut.cuts", 3);
    private static final int CUTS_OF_FIRST_STARTS = Integer.getInteger("perennial.powercut.first-starts", 1);
    private static final long SEED = Long.getLong("perennial.powercut.seed", 1);

    /** Of each connection after a batch. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int SHORTEST_BETWEEN_MS = 300;
    private static final int LONGEST_BETWEEN_MS = 1_500;
    private static final int CHECKPOINT_MS = 400;
    private static final int IMPORT_MS = 1_500;
    /** How long initdb works on a new cluster, more or less, and how long the whole first start takes. */
    private static final int INITDB_MS = 2_000;

    private static final int FIRST_START_MS = 8_000;
    private static final int ROWS_OF_A_FILE = 6_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private enum Moment {
        INGEST,
        CHECKPOINT,
        IMPORT
    }

    /** Of ten: six times nothing but events, twice in a checkpoint, twice in an import; events come in all the time. */
    private static final List<Moment> ORDER = List.of(
            Moment.INGEST,
            Moment.IMPORT,
            Moment.CHECKPOINT,
            Moment.INGEST,
            Moment.INGEST,
            Moment.CHECKPOINT,
            Moment.INGEST,
            Moment.IMPORT,
            Moment.INGEST,
            Moment.INGEST);

    /** @param sent how many messages had been made by then; the first so many are all that can be on the disk */
    private record Cut(Moment moment, Path disk, BitSet acknowledged, int sent, List<SentFile> files) {}

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private CutDisk disk;
    private FastClock clock;

    @BeforeEach
    void aDiskThatCanBeCut() throws Exception {
        disk = CutDisk.in(directory);
        clock = FastClock.beforeTheEndOfTheMonth(directory, Duration.ofDays(2), 1);
    }

    @AfterEach
    void theDiskIsGone() throws Exception {
        disk.close();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void whatWasAcknowledgedIsThereAndCountedOnce() throws Exception {
        List<String> keys = new ArrayList<>();
        List<Cut> cuts = new ArrayList<>();
        List<Message> messages;
        try (Victim victim = new Victim(disk.root().resolve("data"), directory.resolve("logs"), clock, null)) {
            Campaign.start(victim);
            keys.addAll(Campaign.sources(victim, 3));
            try (FileSender files = new FileSender(victim.address(), victim.createImportKey());
                    Driver driver = new Driver(victim.address(), keys, clock, PAUSE, SEED)) {
                for (int i = 0; i < CUTS; i++) {
                    Thread.sleep(random.nextInt(SHORTEST_BETWEEN_MS, LONGEST_BETWEEN_MS));
                    cuts.add(cut(ORDER.get(i % ORDER.size()), i, victim, files, driver));
                }
                assertThat(driver.wrong()).isEmpty();
                messages = driver.messages();
            }
            victim.killEverything();
        }
        Map<Moment, Integer> survived = new EnumMap<>(Moment.class);
        for (Cut cut : cuts) {
            everythingIsThere(cut, keys, messages.subList(0, cut.sent()));
            survived.merge(cut.moment(), 1, Integer::sum);
        }
        System.out.printf(
                "Power cuts survived: %s; %,d messages sent and %,d acknowledged before the last, files of %,d rows%n",
                survived, cuts.getLast().sent(), cuts.getLast().acknowledged().cardinality(), ROWS_OF_A_FILE);
    }

    private Cut cut(Moment moment, int number, Victim victim, FileSender files, Driver driver) throws Exception {
        Thread beside = null;
        switch (moment) {
            case INGEST -> {
                // Events come in, that is enough.
            }
            case CHECKPOINT -> {
                beside = Thread.ofVirtual().start(() -> checkpoint(victim));
                Thread.sleep(random.nextInt(CHECKPOINT_MS));
            }
            case IMPORT -> {
                files.send(ROWS_OF_A_FILE);
                Thread.sleep(random.nextInt(IMPORT_MS));
            }
        }
        BitSet acknowledged = driver.acknowledgedNow();
        List<SentFile> accepted = files.accepted();
        Path image = disk.cut("cut-" + number);
        Cut cut = new Cut(moment, image, acknowledged, driver.messages().size(), accepted);
        if (beside != null) {
            beside.join();
        }
        return cut;
    }

    private static void checkpoint(Victim victim) {
        try (Connection database = victim.connect();
                Statement statement = database.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The clients send again what they heard nothing about; then all is as if the power had never failed. */
    private void everythingIsThere(Cut cut, List<String> keys, List<Message> messages) throws Exception {
        String name = cut.moment() + " " + cut.disk().getFileName();
        try (Revived after = Revived.on(disk.lookAt(cut.disk()).resolve("data"), clock);
                Connection database = after.connect()) {
            assertThat(Images.missing(database, cut.acknowledged()))
                    .as("acknowledged and lost: %s", name)
                    .isZero();
            Images.sendAgain(after.address(), keys, messages, cut.acknowledged());
            Campaign.until("everything is read", LIMIT, () -> Images.allIsRead(database));
            for (SentFile file : cut.files()) {
                Campaign.until(file + " is imported", LIMIT, () -> Images.imported(after, file));
            }
            assertThat(Images.damage(database)).as(name).isEmpty();
            assertThat(balance(after, messages)).as(name).isEmpty();
        }
        disk.leave(cut.disk());
    }

    private static Map<String, Balance.Off> balance(Revived server, List<Message> messages) throws Exception {
        try (Connection database = server.connect()) {
            return Balance.of(database, messages).wrong();
        }
    }

    /** Nobody was told anything yet, so all that is asked for is a product that starts. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void aPowerCutInTheVeryFirstStartLeavesAProductThatStarts() throws Exception {
        List<Path> cuts = new ArrayList<>();
        try (Victim victim = new Victim(disk.root().resolve("data"), directory.resolve("logs"), clock, null)) {
            victim.launch();
            Path sign = victim.data().resolve("postgres/PG_VERSION");
            Campaign.until("a cluster is being made", LIMIT, () -> Files.exists(sign));
            long begun = System.nanoTime();
            for (int moment : momentsOfAFirstStart()) {
                long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                Thread.sleep(Math.max(0, moment - passed));
                cuts.add(disk.cut("first-" + cuts.size()));
            }
            victim.killEverything();
        }
        for (Path cut : cuts) {
            try (Revived after = Revived.on(disk.lookAt(cut).resolve("data"), clock);
                    Connection database = after.connect()) {
                assertThat(Images.damage(database)).as("%s", cut.getFileName()).isEmpty();
            }
            disk.leave(cut);
        }
    }

    /** Milliseconds from when the cluster begins to be made; every other one while initdb works. */
    private List<Integer> momentsOfAFirstStart() {
        List<Integer> moments = new ArrayList<>();
        for (int i = 0; i < CUTS_OF_FIRST_STARTS; i++) {
            moments.add(random.nextInt(i % 2 == 0 ? INITDB_MS : FIRST_START_MS));
        }
        moments.sort(null);
        return moments;
    }

    /** With a database that does not wait for the disk the same cut loses what was acknowledged: the campaign can fail. */
    @Test
    void withoutFsyncAcknowledgedEventsAreLost() throws Exception {
        Path cluster = disk.root().resolve("postgres");
        Cut cut;
        try (EmbeddedPostgres safe = Images.postgres(cluster, 0, "on")) {
            String url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(safe.getPort());
            try (Victim victim = new Victim(directory.resolve("data"), directory.resolve("logs"), clock, url)) {
                Campaign.start(victim);
                List<String> keys = Campaign.sources(victim, 3);
                safe.close(); // The product has looked at its settings; now somebody changes them.
                try (EmbeddedPostgres unsafe = Images.postgres(cluster, safe.getPort(), "off");
                        Driver driver = new Driver(victim.address(), keys, clock, PAUSE, SEED)) {
                    assertThat(unsafe.getPort()).isEqualTo(safe.getPort());
                    Campaign.until("events come in", LIMIT, () -> driver.acknowledged() > 2_000);
                    BitSet acknowledged = driver.acknowledgedNow();
                    cut = new Cut(Moment.INGEST, disk.cut("unsafe"), acknowledged, 0, List.of());
                }
                victim.killJvm();
            }
        }
        long lost = Images.lost(disk.lookAt(cut.disk()).resolve("postgres"), cut.acknowledged());
        System.out.printf(
                "Without fsync: %,d of %,d acknowledged events lost by one cut%n",
                lost, cut.acknowledged().cardinality());
        assertThat(lost).isPositive();
        disk.leave(cut.disk());
    }
}
