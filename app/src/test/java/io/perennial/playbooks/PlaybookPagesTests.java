package io.perennial.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** From a ready playbook to one of one's own, by pages and by programs. Today is the 24th of November 2026. */
@PerennialTest
class PlaybookPagesTests {

    @Autowired
    JdbcClient database;

    @Autowired
    PlaybookLoop loop;

    @Autowired
    Waiting waiting;

    @Autowired
    Library library;

    @Autowired
    Playbooks playbooks;

    @Autowired
    DryRunJob dryRuns;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    SignalledCompany company;
    Visitor lin;
    AccountId oslo;

    @BeforeEach
    void osloIsACustomer() {
        company = new SignalledCompany(database, waiting, transactions, clock);
        lin = people.leader();
        oslo = company.customer("oslo", "Oslo Ferry", people.csm("Ana Reyes").id(), 12_000);
    }

    @Test
    void aReadyPlaybookIsTriedSwitchedOnAndChanged() {
        assertThat(lin.get("/playbooks").body())
                .contains("No playbook runs yet", "a remedy for each red flag", "Nobody has heard from them");
        assertThat(lin.get("/playbooks/silence").body()).contains("Nobody has tried it on the past year", "Ready, off");
        assertThat(people.csm("Ben")
                        .post("/playbooks/silence/state", Map.of("state", "active"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lin.post("/playbooks/silence/state", Map.of("state", "active"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(lin.get("/playbooks").body()).contains("1 playbook runs");

        String text = playbooks.find("silence").orElseThrow().parsed().text();
        HttpResponse<String> wrong = lin.post(
                "/playbooks/silence/text",
                Map.of("text", text.replace("due_in_days: 7", "due_in_days: soon"), "seen", "1"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Line 15", "is a number from 0 to 730, not", "due_in_days: soon");
        String changed = text.replace("due_in_days: 7", "due_in_days: 9");
        assertThat(lin.post("/playbooks/check", Map.of("text", changed)).body()).contains("due in 9 days");
        assertThat(lin.post("/playbooks/silence/text", Map.of("text", changed, "note", "More time", "seen", "1"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(lin.post("/playbooks/silence/text", Map.of("text", text, "seen", "1"))
                        .body())
                .contains("Somebody wrote version 2 meanwhile");
        assertThat(lin.get("/playbooks/silence").body()).contains("Version 2 is written and not in force");
        assertThat(lin.get("/playbooks/silence/versions/2").body())
                .contains("<del>", "<ins>", "More time", "due_in_days: 9");
        lin.post("/playbooks/silence/state", Map.of("state", "active"));
        assertThat(lin.get("/playbooks/silence").body()).doesNotContain("not in force");
    }

    @Test
    void everyReadyPlaybookReadsThePastYear() {
        company.signal(oslo, "silence");
        database.sql("update health.signal set opened_at = :at")
                .param("at", Timestamp.from(clock.instant().minus(Duration.ofDays(100))))
                .update();
        transactions.executeWithoutResult(transaction -> {
            // Of a model that nobody needs here.
            database.sql("set local session_replication_role = replica").update();
            database.sql("""
                    insert into health.score_change (account_id, at, score, band, coverage, model_version, contributions)
                    select :account, t.at, t.score, t.band, 1, gen_random_uuid(), '{}'
                    from (values (timestamptz '2025-10-01', 80, 'HEALTHY'), (timestamptz '2026-05-04', 30, 'AT_RISK'))
                        t (at, score, band)
                    """).param("account", oslo.value()).update();
        });
        for (String key : library.all().keySet()) {
            var playbook = library.find(key).orElseThrow();
            DryRun run = dryRuns.play(new java.util.UUID(1, 2), playbook, (done, total) -> true);
            switch (key) {
                case "silence" -> assertThat(run.starts()).isEqualTo(1);
                case "health-turns-red" -> {
                    assertThat(run.dearest())
                            .singleElement()
                            .satisfies(start -> assertThat(start.day())
                                    .isBetween(
                                            java.time.LocalDate.of(2026, 5, 4), java.time.LocalDate.of(2026, 5, 11)));
                    assertThat(run.remarks()).anyMatch(remark -> remark.contains("ARR > 0"));
                }
                default -> assertThat(run.starts()).as(key).isZero();
            }
            assertThat(lin.get("/playbooks/" + key).statusCode()).isEqualTo(200);
        }
        assertThat(library.all().keySet()).hasSizeGreaterThanOrEqualTo(11);
        assertThat(io.perennial.health.Signals.causes().keySet())
                .allSatisfy(cause -> assertThat(library.all().values())
                        .as("a remedy for %s", cause)
                        .anyMatch(one -> one.start().of().equals(cause)));
    }

    @Test
    void whyItDidNotStartIsSaidConditionByCondition() {
        assertThat(lin.get("/playbooks/silence?account=oslo").body()).contains("it never did", "Draft");
        lin.post("/playbooks/healthy-with-a-red-fact/state", Map.of("state", "active"));
        company.score(oslo, 55);
        company.signal(oslo, "green_with_red_fact");
        loop.drain();
        assertThat(lin.get("/playbooks/healthy-with-a-red-fact?account=oslo").body())
                .contains("It did not start: &#34;Health &gt; 60&#34; does not hold".replace("&#34;", "\""), "55.00");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/playbooks/silence?account=oslo")
                        .body())
                .contains("No account of your portfolio is called");
    }

    @Test
    void programsWriteSwitchAndWatch() {
        Visitor program = people.program("read", "write");
        String text =
                "format: 1\\nname: Mine\\nstart: {when: signal, of: silence}\\nsteps:\\n  - task: Call {account}\\n";
        assertThat(program.json("PUT", "/api/v1/playbooks/mine/text", "{\"text\": \"name: x\"}")
                        .body())
                .contains("Line 1", "\\\"start:\\\" is missing");
        HttpResponse<String> saved = program.json("PUT", "/api/v1/playbooks/mine/text", "{\"text\": \"" + text + "\"}");
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(saved.body()).contains("\"version\":1", "\"changed\":true");
        assertThat(program.json("PUT", "/api/v1/playbooks/mine/text", "{\"text\": \"" + text + "\"}")
                        .body())
                .contains("\"changed\":false");
        assertThat(program.json("PUT", "/api/v1/playbooks/mine/state", "{\"state\": \"on\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(program.json("PUT", "/api/v1/playbooks/mine/state", "{\"state\": \"active\"}")
                        .body())
                .contains("\"state\":\"active\"");
        company.signal(oslo, "silence");
        loop.drain();
        String runs = program.get("/api/v1/playbooks/mine/runs").body();
        assertThat(runs).contains("\"account\":\"oslo\"", "Task for Ana Reyes", "\"state\":\"finished\"");
        String id = database.sql("select id::text from playbooks.run")
                .query(String.class)
                .single();
        assertThat(program.json("POST", "/api/v1/playbooks/runs/" + id + "/undo", "")
                        .body())
                .contains("is taken back");
        assertThat(program.get("/api/v1/playbooks/mine/why?account=oslo").body())
                .contains("was taken back");
        assertThat(program.json("POST", "/api/v1/playbooks/mine/dry-runs", "").body())
                .contains("\"job\":");
        assertThat(program.get("/api/v1/playbooks").body()).contains("\"key\":\"mine\"", "\"key\":\"silence\"");
        assertThat(people.program("read")
                        .json("PUT", "/api/v1/playbooks/mine/state", "{\"state\": \"paused\"}")
                        .statusCode())
                .isEqualTo(403);
    }
}
