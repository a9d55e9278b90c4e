package io.perennial.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.text.TextProblem;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is found at changed accounts is what a look at everybody finds. */
@PerennialTest
class PlaybookSweepTests {

    private static final int ACCOUNTS = 12;
    private static final int SCHEDULES = Integer.getInteger("perennial.schedules", 8);
    private static final int STEPS = 12;

    @Autowired
    JdbcClient database;

    @Autowired
    PlaybookEditing editing;

    @Autowired
    PlaybookLoop loop;

    @Autowired
    Looking looking;

    @Autowired
    Waiting waiting;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    SignalledCompany company;
    List<AccountId> accounts;

    @BeforeEach
    void twelveCustomers() {
        company = new SignalledCompany(database, waiting, transactions, clock);
        UUID owner = people.csm("Ana Reyes").id();
        accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(company.customer("c" + i, "Customer " + i, owner, 1_000 * i));
        }
        loop.drain();
    }

    private void on(String key, String start) {
        try {
            editing.save(key, """
                    format: 1
                    name: %s
                    start: {%s}
                    limits: {a_day: 1000, in_all: 100000, accounts: 1000, not_again_within_days: 0}
                    steps:
                      - task: Look at {account}
                    """.formatted(key, start), "", 0, Actor.SYSTEM);
        } catch (TextProblem e) {
            throw new IllegalStateException(e);
        }
        editing.switchTo(key, PlaybookState.ACTIVE, Actor.SYSTEM);
    }

    /** The model: who stood within, by playbook; the episodes that must have begun. */
    private static final class Model {
        final Map<Integer, Integer> scores = new HashMap<>();
        final Map<String, Set<Integer>> within = new HashMap<>();
        final Set<String> episodes = new HashSet<>();

        void look(String day) {
            look("low", day, number -> scores.getOrDefault(number, 70) < 45);
            look("dear-and-not-well", day, number -> scores.getOrDefault(number, 70) < 70 && 1_000 * number > 5_000);
        }

        private void look(String playbook, String day, java.util.function.IntPredicate holds) {
            Set<Integer> before = within.getOrDefault(playbook, Set.of());
            Set<Integer> now = new HashSet<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                if (holds.test(i)) {
                    now.add(i);
                    if (!before.contains(i)) {
                        episodes.add(playbook + ":c" + i + ":entered:" + day);
                    }
                }
            }
            within.put(playbook, now);
        }
    }

    /** Facts change, some looks are at what changed, some at everybody, some are lost in a crash, days pass. */
    @Test
    void anyMixtureOfLooksFindsTheSameEpisodesOnce() {
        on("low", "when: segment, only_if: [Health < 45]");
        on("dear-and-not-well", "when: segment, only_if: [Health < 70, ARR > 5000]");
        on("quiet", "when: signal, of: silence, only_if: [ARR > 3000]");
        loop.drain();
        Model model = new Model();
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            Random dice = new Random(schedule);
            for (int step = 0; step < STEPS; step++) {
                for (int change = dice.nextInt(4); change > 0; change--) {
                    int number = dice.nextInt(ACCOUNTS);
                    if (dice.nextInt(4) == 0) {
                        signal(model, number);
                    } else {
                        int score = 20 + dice.nextInt(70);
                        company.score(accounts.get(number), score);
                        model.scores.put(number, score);
                    }
                }
                if (dice.nextInt(5) == 0) {
                    transactions.executeWithoutResult(killed -> {
                        looking.readNews();
                        looking.batch();
                        killed.setRollbackOnly();
                    });
                }
                if (dice.nextBoolean()) {
                    loop.sweep();
                } else {
                    loop.drain();
                }
                model.look(clock.instant().toString().substring(0, 10));
                if (dice.nextInt(6) == 0) {
                    // A day begins with a look at everybody, who have not changed since.
                    clock.moveBy(Duration.ofDays(1));
                    loop.drain();
                }
            }
            assertThat(found()).as("schedule %d", schedule).isEqualTo(model.episodes);
        }
        assertThat(database.sql("select count(*) from engagement.task")
                        .query(Long.class)
                        .single())
                .isEqualTo(model.episodes.size());
    }

    private void signal(Model model, int number) {
        boolean open = database.sql(
                        "select exists (select from health.signal where account_id = :account and state = 'open')")
                .param("account", accounts.get(number).value())
                .query(Boolean.class)
                .single();
        if (!open) {
            UUID signal = company.signal(accounts.get(number), "silence");
            if (1_000 * number > 3_000) {
                model.episodes.add("quiet:c" + number + ":" + signal);
            }
        }
    }

    private Set<String> found() {
        return new HashSet<>(database.sql("""
                select p.key || ':' || a.external_id || ':' || r.episode from playbooks.run r
                join playbooks.playbook p on p.id = r.playbook_id join accounts.account a on a.id = r.account_id
                """).query(String.class).list());
    }
}
