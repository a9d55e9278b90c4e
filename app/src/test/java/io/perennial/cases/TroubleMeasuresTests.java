package io.perennial.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import io.perennial.world.ReadingsTaken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What customers had to put up with, as of a day. */
@PerennialTest
class TroubleMeasuresTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    TroubleMeasures measures;

    private AccountId harbor;
    private AccountId quill;

    @BeforeEach
    void twoCustomers() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        quill = book.account("quill", "Quill & Sons");
    }

    @Test
    void withoutAnyCaseNothingIsConnected() {
        assertThat(measures.connected(TODAY)).isFalse();

        opened(harbor, TODAY.minusDays(3), null);

        assertThat(measures.connected(TODAY)).isTrue();
        assertThat(measures.connected(TODAY.minusDays(4))).isFalse();
    }

    @Test
    void whoNeverAskedReadsNothing() {
        opened(harbor, TODAY.minusDays(3), null);

        assertThat(read().of(quill)).isEmpty();
    }

    @Test
    void brokenPromisesAreAShareOfThoseThatCameDue() {
        UUID one = opened(harbor, TODAY.minusDays(5), null);
        clock(one, "first-response", 1, TODAY.minusDays(5), TODAY.minusDays(5), null);
        clock(one, "update", 1, TODAY.minusDays(3), TODAY.minusDays(2), TODAY.minusDays(3));
        clock(one, "resolution", 1, TODAY.minusDays(1), null, null);
        clock(one, "update", 2, TODAY.plusDays(1), null, null);

        assertThat(read().value(harbor, "breached_28")).isCloseTo(200.0 / 3, within(1e-9));
        assertThat(read().evidence(harbor, "breached_28")).isEqualTo("2 of 3 promised times broken in 28 days");
    }

    @Test
    void aPromiseOfLongAgoDoesNotCountAnyMore() {
        UUID one = opened(harbor, TODAY.minusDays(50), null);
        clock(one, "first-response", 1, TODAY.minusDays(49), TODAY.minusDays(48), TODAY.minusDays(49));

        assertThat(read().isNotApplicable(harbor, "breached_28")).isTrue();
    }

    @Test
    void aClockThatRunsOutLaterIsBrokenOnlyFromThenOn() {
        UUID one = opened(harbor, TODAY.minusDays(5), null);
        clock(one, "resolution", 1, TODAY.minusDays(1), null, null);

        assertThat(read(TODAY.minusDays(2)).isNotApplicable(harbor, "breached_28"))
                .isTrue();
        assertThat(read(TODAY).value(harbor, "breached_28")).isEqualTo(100);
        List<AccountId> moved = new ArrayList<>();
        measures.moments(
                noon(TODAY.minusDays(1)).minusSeconds(7200),
                noon(TODAY.minusDays(1)),
                (account, at) -> moved.add(account));
        assertThat(moved).containsExactly(harbor);
    }

    @Test
    void askingAgainCountsBeyondWhatIsUsual() {
        UUID first = opened(harbor, TODAY.minusDays(100), null);
        opened(harbor, TODAY.minusDays(90), first);
        opened(harbor, TODAY.minusDays(9), first);
        opened(harbor, TODAY.minusDays(5), first);

        assertThat(read().value(harbor, "repeated_28")).isCloseTo(2 - 28.0 / 182, within(1e-9));
        assertThat(read().evidence(harbor, "repeated_28"))
                .startsWith("asked again about the same 2 times in 28 days, 0.2 usual (case #");
    }

    @Test
    void theLowestAnswerIsReadAsAShareOfItsScale() {
        answered(harbor, TODAY.minusDays(4), "3", "10");
        answered(harbor, TODAY.minusDays(3), "4", null);
        answered(harbor, TODAY.minusDays(60), "1", null);

        assertThat(read().value(harbor, "low_answer_28")).isCloseTo(30, within(1e-9));
        assertThat(read().evidence(harbor, "low_answer_28")).startsWith("answered 3 of 10 after case #");
        assertThat(read().observedOn(harbor, "low_answer_28")).isEqualTo(TODAY.minusDays(4));
    }

    @Test
    void withoutTroubleTheReadingsSaySo() {
        opened(harbor, TODAY.minusDays(3), null);

        assertThat(read().value(harbor, "upset_28")).isZero();
        assertThat(read().value(harbor, "repeated_28")).isZero();
        assertThat(read().isNotApplicable(harbor, "low_answer_28")).isTrue();
        assertThat(read().isNotApplicable(harbor, "breached_28")).isTrue();
    }

    private ReadingsTaken read() {
        return read(TODAY);
    }

    private ReadingsTaken read(LocalDate day) {
        ReadingsTaken taken = new ReadingsTaken();
        measures.read(new MeasureQuery(List.of(harbor, quill), noon(day), day), taken);
        return taken;
    }

    private UUID opened(AccountId account, LocalDate day, @Nullable UUID repeats) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, repeats, created_at, updated_at)
                values (:id, :id::text, :account, :at, cast(:repeats as uuid), :at, :at)
                """)
                .param("id", id)
                .param("account", account.value())
                .param("at", at(day))
                .param("repeats", repeats)
                .update();
        return id;
    }

    private void answered(AccountId account, LocalDate day, String satisfaction, @Nullable String scale) {
        database.sql("""
                update cases.support_case set resolved_at = opened_at, satisfaction = cast(:satisfaction as numeric),
                    satisfaction_scale = cast(:scale as numeric)
                where id = :id
                """)
                .param("id", opened(account, day, null))
                .param("satisfaction", satisfaction)
                .param("scale", scale)
                .update();
    }

    private void clock(
            UUID of,
            String kind,
            int round,
            LocalDate due,
            @Nullable LocalDate finished,
            @Nullable LocalDate breached) {
        database.sql("""
                insert into cases.clock (case_id, kind, round, started_at, target_seconds, used_seconds, due_at, finished_at,
                    breached_at)
                select :case, :kind, :round, opened_at, 3600, 0, :due, cast(:finished as timestamptz),
                    cast(:breached as timestamptz)
                from cases.support_case where id = :case
                """)
                .param("case", of)
                .param("kind", kind)
                .param("round", round)
                .param("due", at(due))
                .param("finished", finished == null ? null : at(finished))
                .param("breached", breached == null ? null : at(breached))
                .update();
    }

    private static OffsetDateTime at(LocalDate day) {
        return noon(day).minusSeconds(3600).atOffset(ZoneOffset.UTC);
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }
}
