package io.perennial.defects.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.defects.DefectMoved;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.mail.Readers;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A notice leaves once, however often it is pressed, killed or paused. */
@PerennialTest
class NoticeSendingTests extends NoticeStory {

    @Test
    void pressedByManyAtOnceItIsOneLetterForEach() throws Exception {
        for (int i = 0; i < 130; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        List<Callable<Boolean>> presses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            presses.add(() -> {
                send(notice, 130);
                sending.drain();
                return true;
            });
        }

        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> press : hands.invokeAll(presses)) {
                assertThat(press.get()).isTrue();
            }
        }

        assertThat(letters()).hasSize(130).doesNotHaveDuplicates();
        assertThat(notices.find(notice).orElseThrow().state()).isEqualTo(State.SENT);
    }

    @Test
    void aKilledSendingGoesOnWithoutSendingTwice() {
        for (int i = 0; i < 250; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 250);

        sending.batch();
        assertThat(letters()).hasSize(100);
        transactions.executeWithoutResult(killed -> {
            sending.batch();
            killed.setRollbackOnly();
        });
        assertThat(letters())
                .as("neither letters nor marks of a batch that was cut off")
                .hasSize(100);
        sending.drain();

        assertThat(letters()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void tenThousandReadersAreManySmallTransactions() {
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, created_at, updated_at)
                select gen_random_uuid(), 'c-' || n, :account, 'Person ' || n, 'p' || n || '@harbor.example', now(), now()
                from generate_series(1, 10000) n
                """).param("account", harbor.value()).update();
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 10_000);

        sending.drain();

        assertThat(letters()).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(database.sql("select count(distinct xmin::text) from mail.letter")
                        .query(Integer.class)
                        .single())
                .isEqualTo(10_000 / NoticeSending.BATCH);
    }

    @Test
    void aPauseStopsTheNextBatchAndACancelledNoticeLeavesNowhere() {
        for (int i = 0; i < 120; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 120);
        sending.batch();
        visitor().post("/notices/" + notice + "/pause", Map.of());

        sending.drain();
        assertThat(letters()).hasSize(100);
        assertThat(visitor().get("/notices/" + notice).body()).contains("Paused", "100 of 120", "Go on");

        visitor().post("/notices/" + notice + "/cancellation", Map.of());
        sending.drain();
        assertThat(letters()).hasSize(100);
        CustomerNotice now = notices.find(notice).orElseThrow();
        assertThat(now.state()).isEqualTo(State.CANCELLED);
        UUID reader = database.sql("select contact_id from defects.recipient where state = 'posted' limit 1")
                .query(UUID.class)
                .single();
        assertThat(guard.against(Readers.letter(now.purpose(), "p1@harbor.example", reader)))
                .contains("The notice was cancelled before this letter left.");
    }

    @Test
    void neverIsRespectedUntilTheLetterLeaves() {
        UUID ada = broken.person(harbor, "Ada", "ada@harbor.example");
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 1);
        sending.drain();
        String purpose = notices.find(notice).orElseThrow().purpose();
        assertThat(guard.against(Readers.letter(purpose, "ada@harbor.example", ada)))
                .isEmpty();

        wants(ada, true, "", "never");

        assertThat(guard.against(Readers.letter(purpose, "ada@harbor.example", ada)))
                .contains("Wants no letters about news and updates.");
        assertThat(guard.against(Readers.letter("case-reply", "ada@harbor.example", ada)))
                .as("answers to her own requests come in any case")
                .isEmpty();
        UUID another = draft(NoticeKind.UPDATE, PLANNER, "Newer planner");
        assertThatThrownBy(() -> send(another, 0)).hasMessageContaining("Nobody would get it");
        UUID outage = draft(NoticeKind.KNOWN_ISSUE, PLANNER, "It is slow");
        send(outage, 1);
        sending.drain();
        assertThat(letters()).hasSize(2);
    }

    @Test
    void whoWantsOneLetterAWeekGetsOneOnMonday() {
        UUID dora = broken.person(harbor, "Dora", "dora@harbor.example");
        wants(dora, true, "weekly", "weekly");
        send(draft(NoticeKind.UPDATE, PLANNER, "New planner"), 1);
        send(draft(NoticeKind.KNOWN_ISSUE, PLANNER, "It is slow"), 1);
        sending.drain();
        assertThat(letters()).isEmpty();

        clock.moveBy(Duration.ofDays(6));
        sending.drain();
        sending.drain();

        assertThat(letters()).containsExactly("dora@harbor.example");
        assertThat(database.sql("select subject || ' ' || body from mail.letter")
                        .query(String.class)
                        .single())
                .startsWith("News of the week")
                .contains("New planner", "It is slow");
        clock.moveBy(Duration.ofDays(7));
        sending.drain();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void whenTheReadersChangedSinceThePreviewNothingIsSent() {
        broken.person(harbor, "Ada", "ada@harbor.example");
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        broken.person(harbor, "Bob", "bob@harbor.example");

        var answer = visitor().post("/notices/" + notice + "/sending", Map.of("seen", "2", "people", "1"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("It would reach 2 people now, not 1");
        assertThat(database.sql("select count(*) from defects.recipient")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThatThrownBy(() -> dispatch.send(notice, 1, 2, broken.ana())).isInstanceOf(DefectMoved.class);
        assertThat(visitor()
                        .post("/notices/" + notice + "/sending", Map.of("seen", "2", "people", "2"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(people.reader()
                        .post("/notices/" + notice + "/sending", Map.of())
                        .statusCode())
                .isEqualTo(403);
    }
}
