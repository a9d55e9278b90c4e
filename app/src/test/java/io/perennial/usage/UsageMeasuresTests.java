package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import io.perennial.world.ReadingsTaken;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
class UsageMeasuresTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    UsageMeasures measures;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    Book book;
    UsageFacts facts;
    AccountId harbor;
    AccountId quill;

    @BeforeEach
    void customersOfALargerCompany() {
        book = new Book(database);
        facts = new UsageFacts(records);
        harbor = book.account("harbor", "Harbor Freight Lines");
        quill = book.account("quill", "Quill & Sons");
        for (int other = 0; other < 5; other++) {
            book.account("other-" + other, "Other " + other);
            for (int ago = 130; ago >= 1; ago--) {
                use("other-" + other, ago, "export", 40 + ago % 5, 8);
            }
        }
        written();
    }

    @Test
    void useThatHalvedIsAFallWithItsFeatureAndItsDay() {
        for (int ago = 130; ago >= 1; ago--) {
            use("harbor", ago, "export", ago > 28 ? 60 + ago % 7 : 22 + ago % 3, 8);
            use("harbor", ago, "reports", 20, 4);
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "usage_drop")).isCloseTo(0.5, within(0.15));
        assertThat(read.evidence(harbor, "usage_drop")).contains("since").contains("export 44", " a week");
        assertThat(read.value(harbor, "usage_trend")).isCloseTo(0.52, within(0.05));
        assertThat(read.value(harbor, "days_since_use")).isEqualTo(1);
        assertThat(read.evidence(harbor, "days_since_use")).isEqualTo("used yesterday");
    }

    @Test
    void useIsComparedWithTheAccountsOwnUsual() {
        for (int ago = 130; ago >= 1; ago--) {
            use("harbor", ago, "export", ago > 28 ? 60 : 45, 8);
            if (ago <= 50) {
                use("quill", ago, "export", 10, 2);
            }
        }
        facts.written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "usage_usual")).isCloseTo(0.75, within(0.01));
        assertThat(read.evidence(harbor, "usage_usual")).isEqualTo("420 to 315 a week against the 92 days before");
        assertThat(read.isRead(quill, "usage_usual")).as("22 days before").isFalse();
    }

    @Test
    void usePerSeatCountsIdleSeatsAsNothing() {
        book.line(harbor, "1000", "2026-01-01").seats(16).add();
        book.line(quill, "1000", "2026-01-01").seats(10).add();
        for (int ago = 120; ago >= 1; ago--) {
            use("harbor", ago, "export", 40 + ago % 5, 8);
            if (ago > 60) {
                use("quill", ago, "export", 10, 2);
            }
        }
        facts.written();

        ReadingsTaken read = read(TODAY);

        // As deep as everybody, half of the seats in use.
        assertThat(read.value(harbor, "use_per_seat")).isCloseTo(0.5, within(0.02));
        assertThat(read.value(quill, "use_per_seat")).isZero();
    }

    @Test
    void steadyUseIsNoFall() {
        steadyUse("harbor");

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "usage_drop")).isZero();
        assertThat(read.value(harbor, "usage_trend")).isCloseTo(1, within(0.05));
    }

    @Test
    void aHolidayOfEverybodyIsNobodysFall() {
        for (String account : List.of("harbor", "other-0", "other-1", "other-2", "other-3", "other-4")) {
            for (int ago = 130; ago >= 1; ago--) {
                use(account, ago, "export", ago <= 14 ? 10 + ago % 3 : 40 + ago % 5, 8);
            }
        }
        written();

        assertThat(read(TODAY).value(harbor, "usage_drop")).isZero();
    }

    @Test
    void licencesUsedAreActiveUsersOfSeatsSold() {
        book.line(harbor, "1000", "2026-01-01").seats(40).add();
        book.line(quill, "1000", "2026-01-01").seats(10).add();
        for (int ago = 40; ago >= 1; ago--) {
            use("harbor", ago, "export", 30, 8);
            for (int user = 0; user < 3; user++) {
                facts.use("quill", day(ago), "export", "u" + (ago + user) % 6, 4);
            }
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "active_share")).isEqualTo(0.2);
        assertThat(read.evidence(harbor, "active_share")).isEqualTo("8 of 40 seats active");
        assertThat(read.value(quill, "active_share")).isEqualTo(0.6);
    }

    @Test
    void seatsThatNobodyUsedAreCounted() {
        book.line(harbor, "1000", "2026-01-01").seats(40).add();
        book.line(quill, "1000", "2026-01-01").seats(5).add();
        for (int ago = 40; ago >= 1; ago--) {
            use("harbor", ago, "export", 30, 8);
            use("quill", ago, "export", 30, 6);
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "licences_unused")).isEqualTo(0.8);
        assertThat(read.evidence(harbor, "licences_unused")).isEqualTo("32 of 40 seats used by nobody in 28 days");
        assertThat(read.value(quill, "licences_unused"))
                .as("more users than seats")
                .isZero();
    }

    @Test
    void allSeatsOfACustomerWhoStoppedAreUnused() {
        book.line(harbor, "1000", "2026-01-01").seats(40).add();
        for (int ago = 90; ago >= 31; ago--) {
            facts.row("harbor", day(ago), Map.of("feature", "export", "events", 20));
        }
        written();

        assertThat(read(TODAY).value(harbor, "licences_unused")).isOne();
    }

    @Test
    void stickinessIsUsersOfAMeanDayOverUsersOfTheMonth() {
        for (int ago = 60; ago >= 1; ago--) {
            facts.use("quill", day(ago), "export", "every-day", 4);
            facts.use("quill", day(ago), "reports", "every-day", 1);
            if (ago % 4 == 0) {
                facts.use("quill", day(ago), "export", "every-fourth-day", 4);
            }
            if (ago > 28) {
                facts.use("quill", day(ago), "export", "gone", 4);
            }
        }
        steadyUse("harbor");

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(quill, "stickiness")).isCloseTo((28 + 7) / 28.0 / 2, within(1e-12));
        assertThat(read.evidence(quill, "stickiness")).isEqualTo("1.3 of 2 users on a mean day");
        assertThat(read.isRead(harbor, "stickiness"))
                .as("its facts name nobody")
                .isFalse();
    }

    @Test
    void withoutSeatsTheShareIsNoQuestion() {
        steadyUse("harbor");

        assertThat(read(TODAY).isNotApplicable(harbor, "active_share")).isTrue();
        assertThat(read(TODAY).isNotApplicable(harbor, "licences_unused")).isTrue();
    }

    @Test
    void companiesThatSendOnlyActiveUsersAreReadByThem() {
        for (int ago = 130; ago >= 1; ago--) {
            facts.activeUsers("harbor", day(ago), ago > 28 ? 30 : 8);
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "usage_trend")).isCloseTo(8.0 / 30, within(0.01));
        assertThat(read.value(harbor, "breadth")).isZero();
    }

    @Test
    void breadthCountsFeaturesThatAnybodyUses() {
        steadyUse("harbor");
        facts.row("other-0", day(3), Map.of("feature", "api", "events", 5))
                .row("other-0", day(3), Map.of("feature", "reports", "events", 5))
                .row("other-0", day(3), Map.of("events", 5));
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "breadth")).isCloseTo(1.0 / 3, within(0.001));
        assertThat(read.evidence(harbor, "breadth")).isEqualTo("1 of 3 features used");
    }

    @Test
    void aSilentCustomerIsCountedInDays() {
        for (int ago = 130; ago >= 31; ago--) {
            use("harbor", ago, "export", 40, 8);
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "days_since_use")).isEqualTo(31);
        assertThat(read.value(harbor, "usage_drop")).isGreaterThan(0.9);
    }

    @Test
    void aFeedThatStoppedIsNotACustomerWhoStopped() {
        steadyUse("harbor");

        ReadingsTaken read = read(TODAY.plusDays(20));

        assertThat(read.value(harbor, "days_since_use")).isZero();
        assertThat(read.value(harbor, "usage_trend")).isCloseTo(1, within(0.05));
        assertThat(read.observedOn(harbor, "usage_trend")).isEqualTo(TODAY.minusDays(1));
    }

    @Test
    void whoNeverUsedTheProductIsUnknown() {
        assertThat(read(TODAY).of(quill)).isEmpty();
        assertThat(measures.connected(TODAY)).isTrue();
        assertThat(measures.connected(TODAY.minusDays(200))).isFalse();
    }

    @Test
    void aReadingOfAPastDayIgnoresEverythingLater() {
        steadyUse("harbor");
        LocalDate past = TODAY.minusDays(30);
        ReadingsTaken before = read(past);

        for (int ago = 29; ago >= 1; ago--) {
            use("harbor", ago, "reports", 400, 20);
        }
        written();
        ReadingsTaken after = read(past);

        assertThat(after.of(harbor)).isNotEmpty().isEqualTo(before.of(harbor));
        assertThat(read(TODAY).value(harbor, "usage_trend")).isGreaterThan(2);
    }

    @Test
    void aLateFactThatMovesTheCohortMarksEverybodyItMoves() {
        steadyUse("harbor");
        database.sql("delete from accounts.changed").update();
        use("other-0", 5, "export", 4_000, 8);
        written();

        assertThat(marked()).contains("harbor", "other-0", "other-1");
    }

    @Test
    void aLateFactTooSmallToMoveTheCohortMarksOnlyItsAccount() {
        steadyUse("harbor");
        ReadingsTaken before = read(TODAY);
        database.sql("delete from accounts.changed").update();
        use("other-0", 5, "export", 46, 8);
        written();

        assertThat(marked()).containsExactly("other-0");
        assertThat(read(TODAY).of(harbor)).isEqualTo(before.of(harbor));
    }

    @Test
    void aDayThatHasFinishedIsSealedWhenAsked() {
        steadyUse("harbor");
        use("harbor", 0, "export", 9, 2);
        written();
        clock.moveTo(TODAY.plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC));

        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY.plusDays(1)));

        assertThat(database.sql("select max(day) from usage.cohort_day")
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(TODAY);
    }

    private void steadyUse(String account) {
        for (int ago = 130; ago >= 1; ago--) {
            use(account, ago, "export", 40 + ago % 5, 8);
        }
        written();
    }

    /** As the live loop does when writers are done. */
    private void written() {
        facts.written();
        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY));
    }

    private void use(String account, int ago, String feature, long events, long users) {
        facts.row(account, day(ago), Map.of("feature", feature, "events", events, "users", users));
    }

    private static String day(int ago) {
        return TODAY.minusDays(ago).toString();
    }

    private ReadingsTaken read(LocalDate today) {
        ReadingsTaken readings = new ReadingsTaken();
        measures.read(
                new MeasureQuery(List.of(harbor, quill), today.atTime(9, 0).toInstant(ZoneOffset.UTC), today),
                readings);
        return readings;
    }

    private List<String> marked() {
        return database.sql("""
                select a.external_id from accounts.changed c join accounts.account a on a.id = c.account_id order by 1
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }
}
