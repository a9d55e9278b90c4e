package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A chat hands requests over, and nobody has to ask for the next one. */
@PerennialTest
class CaseRouterTests extends DeskStory {

    @Autowired
    CaseRouter router;

    Visitor chat;
    Visitor eva;
    Visitor ola;

    @BeforeEach
    void evaAndOlaKnowReports() {
        chat = people.program("write");
        eva = people.csm("Eva Lie");
        ola = people.csm("Ola Berg");
        routing.learn(eva.id(), "Reports", leader());
        routing.learn(ola.id(), "Reports, Billing", leader());
    }

    private UUID asked(String subject, String product) {
        String answer = chat.json("POST", "/api/v1/cases", """
                {"account": "harbor", "contact": "mia@harbor.example", "subject": "%s", "text": "Help.", "product": "%s"}""".formatted(subject, product))
                .body();
        assertThat(answer).contains("\"number\":");
        return database.sql("select id from cases.support_case where subject = :subject")
                .param("subject", subject)
                .query(UUID.class)
                .single();
    }

    private List<String> assignees() {
        return database.sql("""
                select coalesce(assignee, 'nobody') || ' ' || count(*) from cases.support_case group by assignee order by 1
                """).query((row, n) -> row.getString(1)).list();
    }

    @Test
    void whatAProgramHandsOverGoesToWhoKnowsItAndHasLeastToDo() {
        for (int i = 0; i < 4; i++) {
            asked("Totals are wrong " + i, "Reports");
        }
        UUID invoice = asked("An invoice", "Billing");
        assertThat(assignees()).as("taking in does not wait for routing").containsExactly("nobody 5");

        assertThat(router.route()).isEqualTo(5);

        assertThat(assignees()).containsExactly("Eva Lie 2", "Ola Berg 3");
        assertThat(row(invoice)).containsEntry("assignee", "Ola Berg");
        assertThat(page(invoice).select(".case-thread").text()).contains("Ola Berg", "knows it, and has least to do");
    }

    @Test
    void whatWasGivenIsNotGivenAgain() {
        UUID id = asked("Totals are wrong", "Reports");
        router.route();
        String first = String.valueOf(row(id).get("assignee"));
        sam.post("/cases/" + id + "/assignee", Map.of("seen", seen(sam, id), "member", ""));

        assertThat(router.route()).isZero();

        assertThat(first).isEqualTo("Eva Lie");
        assertThat(row(id)).as("somebody laid it back").containsEntry("assignee", "null");
        assertThat(database.sql("select count(*) from cases.event where kind = 'assigned' and value is not null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoWasFasterKeepsIt() {
        UUID id = asked("Totals are wrong", "Reports");
        sam.post(
                "/cases/" + id + "/assignee",
                Map.of("seen", seen(sam, id), "member", sam.id().toString()));

        router.route();

        assertThat(row(id)).containsEntry("assignee", "Sam Support");
        assertThat(router.route()).isZero();
    }

    @Test
    void manyAtOnceFromManySidesAreEachGivenOnceAndEvenly() {
        IntStream.range(0, 60).forEach(i -> asked("Totals are wrong " + i, "Reports"));

        List<CompletableFuture<Integer>> rounds = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(router::route))
                .toList();
        rounds.forEach(CompletableFuture::join);
        router.route();

        assertThat(assignees()).containsExactly("Eva Lie 30", "Ola Berg 30");
        assertThat(database.sql("select count(*) from cases.event where kind = 'assigned'")
                        .query(Long.class)
                        .single())
                .isEqualTo(60);
    }

    @Test
    void aTeamThatTakesItsCasesItselfIsGivenNone() {
        Visitor lin = people.leader();
        lin.post("/cases/team", Map.of("member", ola.id().toString(), "skills", "Reports, Billing", "team", "Money"));
        UUID money =
                database.sql("select id from identity.team").query(UUID.class).single();
        assertThat(eva.post("/cases/team/routing", Map.of("team", money.toString(), "given", "false"))
                        .statusCode())
                .isEqualTo(403);
        lin.post("/cases/team/routing", Map.of("team", money.toString(), "given", "false"));
        assertThat(lin.get("/cases/team").body()).contains("wait to be taken", "are given to a member at once");
        UUID invoice = asked("An invoice", "Billing");
        UUID totals = asked("Totals are wrong", "Reports");

        router.route();

        assertThat(row(invoice)).as("only Ola's team knows it").containsEntry("assignee", "null");
        assertThat(row(totals)).containsEntry("assignee", "Eva Lie");
        assertThat(location(ola.post("/cases/next", Map.of()))).endsWith("/cases/" + invoice);
        lin.post("/cases/team/routing", Map.of("team", money.toString(), "given", "true"));
        UUID second = asked("Another invoice", "Billing");
        router.route();
        assertThat(row(second)).containsEntry("assignee", "Ola Berg");
    }

    @Test
    void aCaseOfATeamGoesToOneOfItsMembers() {
        Visitor lin = people.leader();
        Visitor bo = people.signedIn("Bo Billing", Role.SUPPORT, true);
        lin.post("/cases/team", Map.of("member", bo.id().toString(), "skills", "Reports", "team", "Money"));
        UUID money =
                database.sql("select id from identity.team").query(UUID.class).single();
        UUID id = openOf("Totals are wrong", "Reports", "one");
        sam.post("/cases/" + id + "/assignee", Map.of("member", "team:" + money, "seen", seen(sam, id)));

        router.route();

        assertThat(row(id)).containsEntry("assignee", "Bo Billing");
    }

    @Test
    void whoSeesOnlyTheirOwnAccountsIsGivenOnlyThese() {
        Visitor own = people.csmWithOwnAccounts("Uma Own");
        routing.learn(own.id(), "Imports", leader());
        UUID others = asked("The import stops", "Imports");
        router.route();
        assertThat(row(others)).containsEntry("assignee", "null");
        database.sql("update accounts.account set owner_id = :me where id = :id")
                .param("me", own.id())
                .param("id", harbor.value())
                .update();
        UUID theirs = asked("The import stops again", "Imports");

        router.route();

        assertThat(row(theirs)).containsEntry("assignee", "Uma Own");
    }

    @Test
    void aRequestThatNeedsAnApprovalIsGivenOnceItHasIt() {
        UUID id = asked("More than was bought", "Reports");
        database.sql("update cases.support_case set status = 'on hold', approval = 'needed' where id = :id")
                .param("id", id)
                .update();
        assertThat(router.route()).isZero();
        database.sql("update cases.support_case set status = 'open', approval = 'given' where id = :id")
                .param("id", id)
                .update();

        router.route();

        assertThat(row(id)).containsEntry("assignee", "Eva Lie");
    }

    @Test
    void whatCameBackGoesToSomebodyElseWhenItsOwnerHasLeft() {
        UUID id = asked("Totals are wrong", "Reports");
        router.route();
        sam.post(
                "/cases/" + id + "/resolution",
                Map.of("seen", seen(sam, id), "draft", "r-1", "told", "", "cause", "how-to"));
        database.sql("update identity.team_member set active = false where id = :id")
                .param("id", eva.id())
                .update();
        sam.post("/cases/" + id + "/messages", Map.of("kind", "customer", "body", "It is back", "draft", "h-1"));

        router.route();

        assertThat(row(id)).containsEntry("assignee", "Ola Berg").containsEntry("state", "open");
    }

    @Test
    void theOneWhoHasLessToDoOfAnythingGetsTheNext() {
        openFor("Something", "Reports", "skill", "a");
        openFor("Something else", "Billing", "skill", "b");
        openFor("A third", "Billing", "skill", "c");
        UUID next = asked("Totals are wrong", "Reports");

        router.route();

        assertThat(row(next)).containsEntry("assignee", "Eva Lie");
    }
}
