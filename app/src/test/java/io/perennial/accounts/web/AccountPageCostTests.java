package io.perennial.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Timeline;
import io.perennial.shared.AccountId;
import io.perennial.world.Lumenworks;
import io.perennial.world.MovableClock;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.StatementsAsked;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looking at a customer asks the database few questions, whoever the customer is, and hardly one of them twice. */
@PerennialTest
@OneCompany
class AccountPageCostTests {

    private static final int CUSTOMERS = 12;
    private static final int EVERYTHING = 1_000;

    /** Fewer would mean that they were not heard. */
    private static final int LEAST = 30;

    /** Cards and the timeline, which pages on by itself, both show people, signals and answers. */
    private static final Pattern ON_THE_TIMELINE_TOO =
            Pattern.compile("accounts.contact |health.signal |surveys.survey_response ");

    @Autowired
    Lumenworks company;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    Timeline timeline;

    @Autowired
    MovableClock clock;

    private Visitor leader;

    @BeforeEach
    void aCompany() {
        company.isThere();
        leader = people.leader();
    }

    @Test
    void theOverviewAsksFewStatements() {
        assertThat(dearest("")).hasSizeBetween(LEAST, 73);
    }

    @Test
    void thePreviewAsksFewStatements() {
        assertThat(dearest("/preview")).hasSizeBetween(LEAST, 73);
    }

    @Test
    void noPartOfTheOverviewAsksWhatAnotherAsked() {
        Map<String, Long> times = dearest("").stream()
                .filter(statement -> !statement.contains("identity.session ")) // as often as the framework likes
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        times.forEach((statement, asked) -> assertThat(asked)
                .as(statement)
                .isLessThanOrEqualTo(ON_THE_TIMELINE_TOO.matcher(statement).find() ? 2 : 1));
    }

    @Test
    void whateverPartRemembersSomethingOfACustomerTellsItOnTheOneTimeline() {
        database.sql("""
                insert into usage.key_action_run (action_id, account_id, user_id, segment, started_on, finished_on, known_until,
                    seconds, last_step_on, followed)
                select k.id, a.id, 1, '', date '2026-10-01', date '2026-10-08', date '2026-11-20', 604800, date '2026-10-01', true
                from usage.key_action k, accounts.account a where a.external_id = 'oslo-ferry'
                """).update();
        Set<String> told = new TreeSet<>();
        database.sql("select id from accounts.account")
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list()
                .forEach(account -> timeline.before(account, clock.instant().plusSeconds(1), Set.of(), EVERYTHING)
                        .entries()
                        .forEach(entry ->
                                told.add(entry.url().startsWith("/statements/") ? "statement" : entry.kind())));
        database.sql("delete from usage.key_action_run where user_id = 1 and started_on = '2026-10-01'")
                .update();

        assertThat(told).contains("growth", "program", "statement", "training", "playbook", "usage", "article");
        told.remove("statement");
        assertThat(AccountView.KINDS).as("each can be asked for alone").containsAll(told);
    }

    /** The statements of the customer whose page asks most of them. */
    private List<String> dearest(String part) {
        List<UUID> accounts = database.sql("""
                        select o.account_id from accounts.overview o
                        order by (select count(*) from cases.support_case c where c.account_id = o.account_id)
                            + (select count(*) from programs.enrolment e where e.account_id = o.account_id) desc, 1
                        limit :customers
                        """)
                .param("customers", CUSTOMERS)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        assertThat(accounts).hasSize(CUSTOMERS);
        return accounts.stream()
                .map(account -> StatementsAsked.by(() -> assertThat(
                                leader.get("/accounts/" + account + part).statusCode())
                        .isEqualTo(200)))
                .reduce((one, other) -> one.size() >= other.size() ? one : other)
                .orElseThrow();
    }
}
