package io.perennial.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.platform.text.TextProblem;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Success plans ask for a call by themselves when features of the goals fall: a playbook that would ask for the same does not. */
@PerennialTest
class AlreadyAskedTests extends MailStory {

    private static final String CALL = """
            format: 1
            name: Goals
            start: {when: signal, of: goal_features_falling}
            steps:
              - task: Call {account}
                due_in_days: 2
              - wait_days: 3
              - notice: "{account}: {evidence}"
                who: leader
              - task: Visit {account}
                due_in_days: 2
            """;

    @Autowired
    PlaybookWork playbooks;

    @Autowired
    Waiting waiting;

    @Autowired
    People people;

    SignalledCompany company;
    AccountId oslo;
    Visitor lin;

    @BeforeEach
    void osloIsACustomerOfAnas() throws TextProblem {
        company = new SignalledCompany(database, waiting, transactions, clock);
        lin = people.leader();
        oslo = company.customer("oslo", "Oslo Ferry", people.csm("Ana Reyes").id(), 12_000);
        playbooks.drain();
        playbooks.on("goals", CALL);
        playbooks.drain();
        clock.moveBy(Duration.ofMinutes(1));
    }

    @Test
    void theFirstTaskOfARunGivesWayToTheModulesOwnAndTheNextIsMade() {
        company.signal(oslo, "goal_features_falling");
        playbooks.drain();
        assertThat(tasks()).containsExactly("Features that serve the customer's goals are used less: call");
        assertThat(lin.get("/playbooks/goals").body()).contains("No task: Ana Reyes has one for this already");

        clock.moveBy(Duration.ofDays(3));
        playbooks.drain();
        assertThat(tasks()).hasSize(2).contains("Visit Oslo Ferry");
    }

    @Test
    void whatModulesKnowNothingOfIsAskedByThePlaybook() throws TextProblem {
        playbooks.on("quiet", CALL.replace("goal_features_falling", "too_few_requests"));
        playbooks.drain();
        clock.moveBy(Duration.ofMinutes(1));
        company.signal(oslo, "too_few_requests");
        playbooks.drain();
        assertThat(tasks()).containsExactly("Call Oslo Ferry");
    }

    @Test
    void aStepThatComesLaterTellsTheFactAsItStandsThen() {
        UUID signal = company.signal(oslo, "goal_features_falling");
        playbooks.drain();
        database.sql("update health.signal set evidence = 'use fell by two thirds' where id = :id")
                .param("id", signal)
                .update();
        clock.moveBy(Duration.ofDays(3));
        playbooks.drain();
        assertThat(database.sql("select body from mail.letter")
                        .query(String.class)
                        .single())
                .contains("Oslo Ferry: use fell by two thirds")
                .doesNotContain("use fell by half");
    }

    private List<String> tasks() {
        return database.sql("select title from engagement.task order by created_at, title")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
