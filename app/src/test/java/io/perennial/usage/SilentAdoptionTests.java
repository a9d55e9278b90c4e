package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import io.perennial.usage.counting.Silences;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Pages about adoption stop where a source fell silent, and say so: nobody is shown as having stopped. */
@PerennialTest
class SilentAdoptionTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final LocalDate LAST_KNOWN = TODAY.minusDays(31);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    AdoptionRenewal renewal;

    @Autowired
    CountedUse counted;

    @Autowired
    Silences silences;

    @Autowired
    LiveScoring scoring;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    People people;

    AccountId harbor;
    AccountId quill;

    /** Harbor is known by a source of events that stopped a month ago, Quill by files up to yesterday. */
    @BeforeEach
    void aCustomerOfASilentSourceAndOneKnownByFiles() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor");
        quill = book.account("quill", "Quill");
        book.line(harbor, "1000", "2026-01-01").seats(4).add();
        book.line(quill, "1000", "2026-01-01").seats(4).add();
        UsageFacts files = new UsageFacts(records);
        List<Count> counts = new ArrayList<>();
        for (int ago = 100; ago >= 1; ago--) {
            LocalDate day = TODAY.minusDays(ago);
            files.use("quill", day.toString(), "export", "pia", 9);
            for (int user = 0; user < 4 && !day.isAfter(LAST_KNOWN.plusDays(1)); user++) {
                BitSet slots = new BitSet();
                slots.set(100 + 3 * user);
                counts.add(new Count(harbor, day, "user-" + user, "export", "source:1", 5, slots));
            }
        }
        files.written();
        transactions.executeWithoutResult(status -> counted.add(counts, clock.instant()));
    }

    @Test
    void theFiguresStandAtTheLastDayKnown() {
        theSourceIsSilent();
        known();

        String page = people.admin().get("/adoption").body();

        assertThat(page)
                .contains(
                        "The use of one of these accounts is known up to an earlier day only",
                        "source Planner is silent since 25 Oct 2026")
                .containsSubsequence("Harbor</a>", "known up to 24 Oct 2026", "100 %", "4 of 4");
        assertThat(people.admin().get("/adoption?only=silent").body()).contains("No account here");
        assertThat(row(harbor)).isEqualTo("2026-10-24 held 4 unused 0 sticky 1000");
        assertThat(row(quill)).isEqualTo("2026-11-23 known 1 unused 3 sticky 1000");
    }

    @Test
    void theAccountsOwnPageStandsThereToo() {
        theSourceIsSilent();
        known();

        assertThat(tab(harbor))
                .contains("Adoption is known up to 24 Oct 2026: source Planner is silent since", "28 days up to 24 Oct")
                .containsSubsequence("4 of 4 bought", "user-0", "28 of 28");
        assertThat(tab(quill)).contains("28 days up to 23 Nov").doesNotContain("is known up to");
        assertThat(people.leader().get("/usage/features").body())
                .contains("New features and first uses may be missing: source Planner is silent since");
    }

    @Test
    void withoutASilenceWhoStoppedHasStopped() {
        known();

        assertThat(row(harbor)).startsWith("2026-11-23 known 0 unused 4");
        assertThat(people.admin().get("/adoption?only=silent").body()).contains("Harbor</a>");
        assertThat(people.admin().get("/adoption").body()).doesNotContain("known up to");
    }

    @Test
    void whenTheSourceSpeaksAgainTheWindowLeavesOutTheDaysThatNobodyKnows() {
        theSourceIsSilent();
        silences.end("source:1", TODAY.minusDays(2).atTime(8, 0).toInstant(ZoneOffset.UTC));
        transactions.executeWithoutResult(status -> counted.add(
                List.of(new Count(harbor, TODAY.minusDays(1), "user-0", "export", "source:1", 5, new BitSet())),
                clock.instant()));
        known();

        assertThat(row(harbor)).as("one day after the silence, 27 before it").startsWith("2026-11-23 known 4 unused 0");
    }

    private void theSourceIsSilent() {
        silences.begin("source:1", "Planner", TODAY.minusDays(30).atTime(10, 0).toInstant(ZoneOffset.UTC), false);
        silences.tell("source:1", clock.instant());
    }

    private void known() {
        database.sql("insert into accounts.changed select id, now() from accounts.account on conflict do nothing")
                .update();
        scoring.drain();
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
    }

    private String tab(AccountId account) {
        return people.admin().get("/accounts/" + account.value() + "?tab=usage").body();
    }

    private String row(AccountId account) {
        return database.sql("""
                select until || case when held then ' held ' else ' known ' end || active_users || ' unused ' || unused
                    || coalesce(' sticky ' || stickiness, '')
                from usage.adoption where account_id = :account
                """)
                .param("account", account.value())
                .query(String.class)
                .single();
    }
}
