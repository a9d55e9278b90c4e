package io.perennial.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.perennial.mail.MailStory;
import io.perennial.platform.text.TextProblem;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a playbook does at customers, once, whatever happens. Today is the 24th of November 2026. */
@PerennialTest
class PlaybookRunTests extends MailStory {

    private static final String WIN_BACK = """
            format: 1
            name: Win back
            start: {when: signal, of: falling_usage}
            stop_if: [the signal is closed, the customer left]
            limits: {a_day: %s, in_all: 100, accounts: 100, not_again_within_days: 10}
            hold_out_percent: %s
            success: {is: signal closed, within_days: 20}
            steps:
              - task: Call {account}
                script: "They are at {health}. {evidence}."
                due_in_days: 2
              - set: stage
                to: Rescue
              - wait_days: 4
              - mail: Hello {first_name}
                to: champion
                text: It is about {account}. {owner}
              - wait_until: the signal is closed
                at_most_days: 14
              - notice: "{account} is still quiet"
                who: leader
            """;

    @Autowired
    PlaybookEditing editing;

    @Autowired
    PlaybookLoop loop;

    @Autowired
    Running running;

    @Autowired
    Starting starting;

    @Autowired
    Looking looking;

    @Autowired
    Waiting waiting;

    @Autowired
    Effects effects;

    @Autowired
    Playbooks playbooks;

    @Autowired
    WebhookDelivery webhooks;

    @Autowired
    People people;

    SignalledCompany company;
    Visitor ana;
    Visitor lin;
    AccountId oslo;

    @BeforeEach
    void osloIsACustomer() {
        company = new SignalledCompany(database, waiting, transactions, clock);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
        oslo = company.customer("oslo", "Oslo Ferry", ana.id(), 12_000);
        company.person(oslo, "Eva Lie", "champion");
        loop.drain();
    }

    private void on(String key, String text) {
        write(key, text);
        editing.switchTo(key, PlaybookState.ACTIVE, Actor.SYSTEM);
        loop.drain();
    }

    private void write(String key, String text) {
        try {
            editing.save(key, text, "", 0, Actor.SYSTEM);
        } catch (TextProblem e) {
            throw new IllegalStateException(e);
        }
    }

    private static String winBack(int aDay, int heldOut) {
        return WIN_BACK.formatted(aDay, heldOut);
    }

    private long count(String sql) {
        return database.sql("select count(*) from " + sql).query(Long.class).single();
    }

    private String state() {
        return database.sql("select state from playbooks.run")
                .query(String.class)
                .single();
    }

    private UUID run() {
        return database.sql("select id from playbooks.run").query(UUID.class).single();
    }

    private void later(int days) {
        clock.moveBy(Duration.ofDays(days));
        loop.drain();
        signInAgain();
    }

    private String history() {
        return ana.get("/accounts/" + oslo + "?tab=timeline&kind=playbook").body();
    }

    /** Sessions end while the test lets time pass. */
    private void signInAgain() {
        ana = people.csm("Ana Reyes");
        lin = people.leader();
    }

    @Test
    void aSignalIsActedOnOnceAndTheRunEndsWithIt() throws Exception {
        UUID early = company.signal(oslo, "falling_usage");
        clock.moveBy(Duration.ofMinutes(1));
        on("win-back", winBack(50, 0));
        assertThat(count("playbooks.run"))
                .as("what stood before it was switched on is not meant")
                .isZero();
        company.close(early);
        UUID signal = company.signal(oslo, "falling_usage");
        for (int i = 0; i < 3; i++) {
            loop.drain();
            loop.sweep();
            waiting.moved(List.of(oslo, oslo));
        }

        assertThat(count("engagement.task where title = 'Call Oslo Ferry' and owner_id = '" + ana.id()
                        + "' and signal_id = '" + signal
                        + "' and due_on = '2026-11-26' and note like 'They are at 70. use fell by half.%'"))
                .isEqualTo(1);
        assertThat(count("engagement.task")).isEqualTo(1);
        assertThat(database.sql("select stage from accounts.account")
                        .query(String.class)
                        .single())
                .isEqualTo("Rescue");
        assertThat(ana.get("/").body()).as("Today shows it").contains("Call Oslo Ferry");
        assertThat(ana.get("/accounts/" + oslo).body()).contains("Win back", "Runs, step 3 of 6");

        later(4);
        loop.sweep();
        delivery.drain();
        assertThat(sent("eva.lie"))
                .as("help waits for the reader's hours, and this is Saturday")
                .isEmpty();
        later(2);
        delivery.drain();
        assertThat(sent("eva.lie")).singleElement().satisfies(letter -> {
            assertThat(letter.getSubject()).isEqualTo("Hello Eva");
            assertThat(letter.getReplyTo()[0].toString()).contains("ana.reyes@");
        });

        company.close(signal);
        loop.drain();
        assertThat(state()).isEqualTo("exited");
        later(30);
        assertThat(count("mail.letter")).as("nobody is told of what is over").isEqualTo(1);
        assertThat(ana.get("/playbooks/win-back").body()).contains("Ended because the signal is closed.");
        assertThat(history()).containsSubsequence("Playbook ended early: Win back", "Playbook began: Win back");
        database.sql("update playbooks.run set state = 'held_out'").update();
        assertThat(history()).as("nobody sees who was held out").doesNotContain("Win back");
    }

    @Test
    void aCrashInTheMiddleOfAStepLeavesNeitherOrBoth() {
        on("win-back", winBack(50, 0));
        company.signal(oslo, "falling_usage");
        transactions.executeWithoutResult(killed -> {
            looking.batch();
            starting.admit();
            killed.setRollbackOnly();
        });
        assertThat(count("playbooks.run")).isZero();
        looking.readNews();
        looking.batch();
        starting.admit();
        transactions.executeWithoutResult(killed -> {
            running.advance();
            killed.setRollbackOnly();
        });
        assertThat(count("engagement.task")).isZero();
        loop.drain();
        loop.drain();
        assertThat(count("engagement.task")).isEqualTo(1);
        assertThat(count("playbooks.act")).isEqualTo(2);
    }

    @Test
    void aStepThatCannotBeDoneHoldsUpNobodyElse() {
        on("win-back", winBack(50, 0));
        AccountId other = company.customer("kiva", "Kiva", ana.id(), 5);
        database.sql("alter table engagement.task add constraint not_for_kiva check (title <> 'Call Kiva') not valid")
                .update();
        try {
            company.signal(oslo, "falling_usage");
            company.signal(other, "falling_usage");
            loop.drain();
            assertThat(count("engagement.task")).isEqualTo(1);
            assertThat(
                            count(
                                    "playbooks.run where state = 'running' and tries = 1 and because like 'Step 1 is tried again%'"))
                    .isEqualTo(1);
        } finally {
            database.sql("alter table engagement.task drop constraint not_for_kiva")
                    .update();
        }
        clock.moveBy(Duration.ofHours(2));
        loop.drain();
        assertThat(count("engagement.task")).isEqualTo(2);
    }

    @Test
    void theCapLetsTheDearestInFirstAndTheOthersTheNextDay() {
        on("win-back", winBack(2, 0));
        for (int i = 1; i <= 4; i++) {
            company.signal(company.customer("c" + i, "Customer " + i, ana.id(), i * 1_000), "falling_usage");
        }
        loop.drain();
        assertThat(names("running")).containsExactlyInAnyOrder("Customer 4", "Customer 3");
        assertThat(lin.get("/playbooks/win-back?account=c1").body())
                .contains("waits for room under the caps: at most 2 a day");
        later(1);
        assertThat(names("queued")).isEmpty();
        editing.switchTo("win-back", PlaybookState.PAUSED, Actor.SYSTEM);
        company.signal(oslo, "falling_usage");
        loop.drain();
        later(5);
        assertThat(count("mail.letter")).as("paused").isZero();
        assertThat(count("playbooks.run")).isEqualTo(4);
    }

    private List<String> names(String state) {
        return database.sql("select a.name from playbooks.run r join accounts.account a on a.id = r.account_id"
                        + " where r.state = :state and r.started_at is not null")
                .param("state", state)
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void inTheShadowItSaysWhatItWouldDoAndLaterDoesIt() {
        write(
                "win-back",
                winBack(50, 0)
                        .replace(
                                "start: {when: signal, of: falling_usage}",
                                "start: {when: signal, of: falling_usage, present_too: yes}"));
        editing.switchTo("win-back", PlaybookState.SHADOW, Actor.SYSTEM);
        company.signal(oslo, "falling_usage");
        loop.drain();
        assertThat(count("engagement.task")).isZero();
        assertThat(lin.get("/playbooks/win-back").body())
                .contains(
                        "Would make a task for Ana Reyes by 2026-11-26: Call Oslo Ferry", "Would set Stage to Rescue");
        editing.switchTo("win-back", PlaybookState.ACTIVE, Actor.SYSTEM);
        loop.drain();
        assertThat(count("engagement.task")).isEqualTo(1);
    }

    @Test
    void aRunIsTakenBackAsFarAsItCanBe() {
        on("win-back", winBack(50, 0));
        company.signal(oslo, "falling_usage");
        loop.drain();
        later(5);
        assertThat(count("mail.letter where state = 'waiting'")).isEqualTo(1);
        assertThat(people.reader()
                        .post("/playbooks/runs/" + run() + "/undo", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .post("/playbooks/runs/" + run() + "/undo", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(ana.post("/playbooks/runs/" + run() + "/undo", Map.of()).statusCode())
                .isEqualTo(302);

        assertThat(count("engagement.task")).isZero();
        assertThat(count("mail.letter")).isZero();
        assertThat(count("playbooks.act")).isZero();
        assertThat(database.sql("select stage from accounts.account")
                        .query(String.class)
                        .single())
                .isEqualTo("Live");
        assertThat(count("platform.change where kind = 'playbook-run'")).isEqualTo(1);
        loop.sweep();
        assertThat(state()).as("its episode does not start again").isEqualTo("undone");
    }

    @Test
    void whatWasSentOrDoneIsNamed() throws Exception {
        on("win-back", winBack(50, 0));
        company.signal(oslo, "falling_usage");
        loop.drain();
        later(6);
        delivery.drain();
        database.sql("update engagement.task set done_at = now()").update();
        database.sql("update accounts.account set stage = 'Closed'").update();
        assertThat(lin.post("/playbooks/win-back/undo", Map.of("days", "30")).statusCode())
                .isEqualTo(302);
        assertThat(database.sql("select because from playbooks.run")
                        .query(String.class)
                        .single())
                .contains("a letter that was sent", "Stage, which somebody changed since", "a task that is done");
        assertThat(sent("eva.lie")).hasSize(1);
    }

    @Test
    void theEffectIsMeasuredAgainstThoseHeldOut() {
        on("win-back", winBack(1_000, 50));
        List<UUID> signals = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            signals.add(company.signal(company.customer("c" + i, "Customer " + i, ana.id(), 10), "falling_usage"));
        }
        loop.drain();
        long heldOut = count("playbooks.run where state = 'held_out'");
        assertThat(heldOut).isBetween(15L, 45L);
        assertThat(count("engagement.task")).isEqualTo(60 - heldOut);
        clock.moveBy(Duration.ofDays(5));
        for (UUID signal : signals) {
            if (count("playbooks.run where state <> 'held_out' and signal_id = '" + signal + "'") == 1) {
                company.close(signal);
            }
        }
        loop.drain();
        Effect soon = effects.of(playbooks.find("win-back").orElseThrow()).orElseThrow();
        assertThat(soon.isKnown()).as("too early to judge").isFalse();
        clock.moveBy(Duration.ofDays(20));
        Effect effect = effects.of(playbooks.find("win-back").orElseThrow()).orElseThrow();
        assertThat(effect.points()).isEqualTo(100);
        assertThat(effect.low()).isPositive();
        signInAgain();
        assertThat(lin.get("/playbooks/win-back").body()).contains("It helps: +100 points");
    }

    @Test
    void aMilestoneThatIsOverdueStartsItOnceOnTheDayAfter() {
        database.sql("""
                with o as (
                    insert into onboarding.onboarding (id, external_id, account_id, started_on, created_at, updated_at)
                    values (gen_random_uuid(), 'oslo-start', :account, '2026-11-20', now(), now()) returning id
                )
                insert into onboarding.milestone
                    (id, external_id, account_id, onboarding_id, name, opened_on, due_on, created_at, updated_at)
                select gen_random_uuid(), 'oslo-use', :account, o.id, 'In daily use', '2026-11-20', '2026-11-25', now(), now()
                from o
                """).param("account", oslo.value()).update();
        on("late", """
                format: 1
                name: Late in daily use
                start: {when: milestone, of: overdue In daily use}
                steps:
                  - task: "Help {account}: {evidence}"
                    who: owner
                    due_in_days: 1
                """);
        later(1);
        assertThat(count("engagement.task")).as("its last day is not over").isZero();
        later(1);
        later(1);
        assertThat(count("engagement.task where title = 'Help Oslo Ferry: In daily use is overdue since 2026-11-26'"))
                .isEqualTo(1);
        assertThat(count("engagement.task")).isEqualTo(1);
        assertThat(lin.get("/playbooks/late").body()).contains("on the way to first value: overdue In daily use");
    }

    @Test
    void aWebhookIsSignedAndCalledAgainUnderTheSameIdUntilItIsTaken() throws IOException {
        List<Map<String, String>> calls = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(Map.of(
                    "id", exchange.getRequestHeaders().getFirst("webhook-id"),
                    "at", exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    "signature", exchange.getRequestHeaders().getFirst("webhook-signature"),
                    "body", body));
            exchange.sendResponseHeaders(calls.size() == 1 ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in";
            assertThat(lin.post("/playbooks/webhooks", Map.of("name", "billing", "url", url))
                            .statusCode())
                    .isEqualTo(403);
            String page = people.admin()
                    .post("/playbooks/webhooks", Map.of("name", "billing", "url", url))
                    .body();
            assertThat(page).contains("whsec_");
            String secret = database.sql("select secret from playbooks.webhook")
                    .query(String.class)
                    .single();
            on("call", """
                    format: 1
                    name: Call out
                    start: {when: signal, of: silence}
                    steps:
                      - webhook: billing
                    """);
            company.signal(oslo, "silence");
            loop.drain();
            webhooks.drain();
            clock.moveBy(Duration.ofSeconds(6));
            webhooks.drain();
            webhooks.drain();

            assertThat(calls).hasSize(2);
            assertThat(calls.get(0).get("id")).isEqualTo(calls.get(1).get("id"));
            Map<String, String> last = calls.get(1);
            assertThat(last.get("signature"))
                    .isEqualTo(WebhookDelivery.signature(
                            secret, last.get("id") + "." + last.get("at") + "." + last.get("body")));
            assertThat(last.get("body")).contains("\"account\":\"oslo\"", "playbook.step");
            assertThat(database.sql("select state from playbooks.delivery")
                            .query(String.class)
                            .single())
                    .isEqualTo("delivered");

            // With a secret that is none it can never be sent: it is given up like others.
            database.sql("update playbooks.webhook set secret = 'whsec_%'").update();
            database.sql("update playbooks.delivery set state = 'waiting', settled_at = null, attempts = 9")
                    .update();
            webhooks.drain();
            assertThat(database.sql("select state || ': ' || words from playbooks.delivery")
                            .query(String.class)
                            .single())
                    .contains("failed: It could not be sent", "Given up after 10 attempts.");
        } finally {
            receiver.stop(0);
        }
    }
}
