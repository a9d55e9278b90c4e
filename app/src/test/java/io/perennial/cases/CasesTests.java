package io.perennial.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import io.perennial.world.ReadingsTaken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class CasesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    CaseMeasures measures;

    @Autowired
    CaseFigures figures;

    @Autowired
    CaseTimeline timeline;

    AccountId harbor;
    AccountId quill;
    final List<RecordRow> rows = new ArrayList<>();

    @BeforeEach
    void twoCustomers() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        quill = book.account("quill", "Quill & Sons");
    }

    @Test
    void anUnchangedImportWritesNothing() {
        opened("c-1", "harbor", TODAY.minusDays(3), Map.of("priority", "high"));
        written();
        opened("c-1", "harbor", TODAY.minusDays(3), Map.of("priority", "HIGH"));

        assertThat(written()).extracting(RowOutcome::result).containsExactly(Result.UNCHANGED);
    }

    @Test
    void aCaseSolvedBeforeItCameInIsRefusedWithTheReason() {
        opened("c-1", "harbor", TODAY.minusDays(3), Map.of("resolved_at", "2026-11-20T08:00:00Z"));

        RowOutcome outcome = written().getFirst();

        assertThat(outcome.result()).isEqualTo(Result.INVALID);
        assertThat(outcome.problems().getFirst().message())
                .contains("resolved at 2026-11-20T08:00:00Z, before it was opened");
    }

    @Test
    void aCaseSolvedBeforeItCameInIsRefusedEvenWhenTheFileStatesOnlyTheSolution() {
        opened("c-1", "harbor", TODAY.minusDays(3), Map.of());
        written();
        rows.add(new RecordRow(1, "c-1", Map.of("resolved_at", "2026-11-20T08:00:00Z"), Map.of()));

        assertThat(written().getFirst().problems().getFirst().message()).contains("resolved_before_opened");
    }

    @Test
    void aSolutionDatedToTheDayMayBearTheDayTheCaseCameIn() {
        opened("c-1", "harbor", TODAY.minusDays(3), Map.of("resolved_at", "2026-11-21"));

        assertThat(written()).extracting(RowOutcome::result).containsExactly(Result.CREATED);
        assertThat(all().medianHours()).isZero();
    }

    @Test
    void manyMoreRequestsThanUsualWeighOnTheCustomer() {
        everyOtherWeek("harbor");
        everyOtherWeek("quill");
        for (int i = 0; i < 12; i++) {
            opened("flood-" + i, "harbor", TODAY.minusDays(2 + i), Map.of());
        }
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "requests_high_p")).isLessThan(0.01);
        assertThat(read.value(harbor, "request_load")).isLessThan(20);
        assertThat(read.evidence(harbor, "request_load")).startsWith("14 cases in four weeks, ");
        assertThat(read.value(quill, "requests_high_p")).isGreaterThan(0.2);
        assertThat(read.value(quill, "request_load")).isGreaterThan(90);
    }

    @Test
    void openReopenedSlowAndUnsatisfiedCasesAreRead() {
        opened("c-1", "harbor", TODAY.minusDays(30), Map.of("priority", "urgent"));
        opened(
                "c-2",
                "harbor",
                TODAY.minusDays(20),
                Map.of(
                        "first_response_at", "2026-11-05T10:00:00Z",
                        "resolved_at", "2026-11-06T10:00:00Z",
                        "reopened", 2,
                        "satisfaction", 2,
                        "satisfaction_scale", 5));
        opened("c-3", "harbor", TODAY.minusDays(10), Map.of("first_response_minutes", 120, "satisfaction", 5));
        written();

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "open_urgent")).isEqualTo(1);
        assertThat(read.value(harbor, "oldest_open_days")).isEqualTo(30);
        assertThat(read.value(harbor, "reopened_28")).isEqualTo(2);
        assertThat(read.evidence(harbor, "reopened_28")).isEqualTo("reopened twice in 28 days");
        assertThat(read.value(harbor, "slow_first_response")).isEqualTo((24.0 - 2 + 2) / 2, within(1.0));
        assertThat(read.value(harbor, "case_satisfaction")).isEqualTo(50);
    }

    @Test
    void whoNeverAskedIsUnknown() {
        everyOtherWeek("harbor");
        written();

        assertThat(read(TODAY).of(quill)).isEmpty();
    }

    @Test
    void aReadingOfAPastDayStillSeesTheCaseOpenAndUnanswered() {
        opened("c-1", "harbor", TODAY.minusDays(30), Map.of("priority", "urgent"));
        written();
        ReadingsTaken before = read(TODAY.minusDays(20));
        rows.add(new RecordRow(
                1,
                "c-1",
                Map.of(
                        "first_response_at", "2026-11-10T10:00:00Z",
                        "resolved_at", "2026-11-12T10:00:00Z",
                        "satisfaction", 1),
                Map.of()));
        opened("c-2", "harbor", TODAY.minusDays(5), Map.of());
        written();

        ReadingsTaken after = read(TODAY.minusDays(20));

        assertThat(after.of(harbor)).isEqualTo(before.of(harbor));
        assertThat(after.value(harbor, "open_urgent")).isEqualTo(1);
        assertThat(read(TODAY).value(harbor, "open_urgent")).isZero();
    }

    @Test
    void aSealedCohortKeepsOneCustomersCaseFromMovingTheOthers() {
        for (String account : List.of("harbor", "quill")) {
            for (int i = 1; i <= 40; i++) {
                opened(account + "-" + i, account, TODAY.minusDays(4L * i), Map.of());
            }
        }
        written();
        measures.seal(TODAY.atTime(9, 0).toInstant(ZoneOffset.UTC), TODAY);
        ReadingsTaken before = read(TODAY);
        opened("late", "quill", TODAY.minusDays(50), Map.of());
        written();
        measures.seal(TODAY.atTime(9, 0).toInstant(ZoneOffset.UTC), TODAY);

        assertThat(read(TODAY).of(harbor)).isNotEmpty().isEqualTo(before.of(harbor));
    }

    @Test
    void theTimelineTellsWhenACustomerAskedAndWhenItWasSolved() {
        opened(
                "c-1",
                "harbor",
                TODAY.minusDays(3),
                Map.of("subject", "Export stops", "resolved_at", "2026-11-22T09:00:00Z"));
        written();

        assertThat(timeline.entries(harbor, Instant.parse("2026-11-24T09:00:00Z"), 10))
                .extracting(entry -> entry.title())
                .containsExactly("Case resolved: Export stops", "Case opened: Export stops");
    }

    private void everyOtherWeek(String account) {
        for (int week = 1; week <= 15; week++) {
            opened(account + "-usual-" + week, account, TODAY.minusDays(14L * week - 3), Map.of());
        }
    }

    private void opened(String id, String account, LocalDate day, Map<String, ?> more) {
        Map<String, @Nullable Object> values = new HashMap<>(more);
        values.put("account", account);
        values.put("opened_at", day.atTime(12, 0).toInstant(ZoneOffset.UTC).toString());
        rows.add(new RecordRow(rows.size() + 1L, id, values, Map.of()));
    }

    private List<RowOutcome> written() {
        List<RecordRow> batch = List.copyOf(rows);
        rows.clear();
        return records.upsert(
                records.type("cases").orElseThrow(),
                batch,
                Actor.SYSTEM,
                new Records.Write(null, "Cases imported", Records.Formats.ISO));
    }

    private CaseFigures.Figures all() {
        return figures.figures(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));
    }

    private ReadingsTaken read(LocalDate today) {
        ReadingsTaken readings = new ReadingsTaken();
        measures.read(
                new MeasureQuery(List.of(harbor, quill), today.atTime(23, 0).toInstant(ZoneOffset.UTC), today),
                readings);
        return readings;
    }
}
