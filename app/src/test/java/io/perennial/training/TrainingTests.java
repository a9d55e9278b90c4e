package io.perennial.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.training.Assignments.Assignment;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who learns what: by hand and by rule, until when, what it draws, and what became of the use. */
@PerennialTest
class TrainingTests extends MailStory {

    @Autowired
    Courses courses;

    @Autowired
    Assignments assignments;

    @Autowired
    TrainingKeeping keeping;

    @Autowired
    Effect effect;

    @Autowired
    People people;

    Book book;
    Visitor lin;
    Visitor program;
    AccountId oslo;
    UUID eva;
    Course basics;

    @BeforeEach
    void osloFerryMayLearnTheBasics() {
        readers.take(letter -> false);
        book = new Book(database);
        lin = people.leader();
        program = people.program("read", "write");
        oslo = book.account("oslo", "Oslo Ferry");
        eva = person("Eva Lie", "champion");
        assertThat(program.json("PUT", "/api/v1/courses/basics", """
                {"name": "Basics", "feature": "boards", "expires_months": 12, "days": 20, "badge": "Planner", "minutes": 35,
                 "url": "https://learn.example.com/basics"}
                """).statusCode())
                .isLessThan(300);
        basics = courses.byExternalId("basics").orElseThrow();
    }

    @Test
    void whoIsAskedIsRemindedOnceAndDoneWithTheCompletionThatTheLearningSystemBrings() throws Exception {
        lin.post(
                "/accounts/" + oslo + "/training",
                Map.of("contact", eva.toString(), "course", basics.id().toString()));
        assertThat(only().dueOn()).isEqualTo("2026-12-14");
        assertThat(lin.post(
                                "/accounts/" + oslo + "/training",
                                Map.of(
                                        "contact",
                                        eva.toString(),
                                        "course",
                                        basics.id().toString()))
                        .body())
                .contains("Eva Lie is asked to take Basics already");
        keepTwice();
        assertThat(server.getReceivedMessages()).isEmpty();

        days(17);
        keepTwice();
        days(2);
        keepTwice();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getContent().toString())
                .contains(
                        "Dear Eva Lie",
                        "Basics, by 14 December 2026, about 35 minutes",
                        "https://learn.example.com/basics");

        completed("done-1", "2026-12-13");
        keepTwice();
        assertThat(only().completedOn()).isEqualTo("2026-12-13");
        String page = lin.get("/accounts/" + oslo + "/training").body();
        assertThat(page).contains("Planner", "until 13 Dec 2027");
        assertThat(lin.get("/accounts/" + oslo + "?tab=timeline&kind=training").body())
                .contains("Eva Lie completed Basics", "badge Planner");
        assertThat(lin.get("/training/" + basics.id()).body()).contains("1 person holds it");
        assertThat(lin.get("/training").body()).contains("Basics", "none is overdue");
        assertThat(program.get("/api/v1/accounts/oslo/training").body()).contains("\"completedOn\":\"2026-12-13\"");
    }

    @Test
    void aRuleAsksEverybodyOfTheRoleAndAgainWhenItHasExpired() {
        completed("old", "2025-12-20");
        lin.post("/training/courses/" + basics.id() + "/rules", Map.of("role", "Champion"));
        keepTwice();
        assertThat(assignments.of(oslo)).isEmpty();

        days(40);
        person("Ola Berg", "champion");
        person("Per Moe", "finance");
        keepTwice();
        assertThat(assignments.of(oslo)).extracting(Assignment::contactName).containsExactly("Eva Lie", "Ola Berg");

        UUID olas = assignments.of(oslo).get(1).id();
        UUID change = assignments.remove(olas, Actor.SYSTEM, null);
        keepTwice();
        assertThat(assignments.of(oslo)).hasSize(1);
        lin.post("/changes/" + change + "/undo", Map.of());
        assertThat(assignments.of(oslo)).hasSize(2);
    }

    @Test
    void anEntitledCourseThatNothingIsLeftForWaitsForAnApproval() {
        program.json("PUT", "/api/v1/courses/expert", """
                {"name": "Expert days", "kind": "entitled", "unit": "training-seats"}
                """);
        Course expert = courses.byExternalId("expert").orElseThrow();
        var assigned = assignments.assign(oslo, eva, expert.id(), null, Actor.SYSTEM, null);
        assertThat(assigned.waits()).isNotNull();
        assertThat(lin.get("/accounts/" + oslo + "/training").body()).contains("waits for approval");
        days(28);
        keepTwice();
        assertThat(only().remindedOn()).isNull();

        lin.post("/accounts/" + oslo + "/training/" + assigned.id() + "/approval", Map.of());
        assertThat(only().waits()).isNull();
        lin.post("/accounts/" + oslo + "/training/" + assigned.id() + "/completion", Map.of());
        keepTwice();
        assertThat(only().completedOn()).isEqualTo(today());
    }

    @Test
    void whoSeesOnlyTheirOwnAccountsOrOnlyLooksChangesNothing() {
        Visitor stranger = people.csmWithOwnAccounts("Ben Carter");
        assertThat(stranger.get("/accounts/" + oslo + "/training").statusCode()).isEqualTo(404);
        assertThat(stranger.post("/training/courses", Map.of("name", "Mine")).statusCode())
                .isEqualTo(403);
        Viewer reader = new Viewer(UUID.randomUUID(), "Rita", "rita@x.example", Role.READ_ONLY, true);
        assertThatThrownBy(() -> assignments.assign(oslo, eva, basics.id(), null, reader.actor(), reader))
                .isInstanceOf(Refused.class);
        assertThat(lin.post("/training/courses", Map.of("name", "", "minutes", "many"))
                        .body())
                .contains("Nothing was saved");
        assertThat(program.json("POST", "/api/v1/accounts/oslo/training", "{\"contact\":\"nobody\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void theEffectComparesWithColleaguesAndClaimsNoCause() {
        Effect.Group trained = new Effect.Group(40, 4, 9, 0.6, 0.9, 16);
        Effect.Group others = new Effect.Group(60, 4, 5, 0.6, 0.6, 9);
        Effect.Result result = Effect.compare(trained, others);
        assertThat(result.more()).isEqualTo(4.0);
        assertThat(Objects.requireNonNull(result.high()) - Objects.requireNonNull(result.low()))
                .isEqualTo(2 * 1.959963984540054 * Math.sqrt(16 / 40.0 + 9 / 60.0));
        assertThat(Effect.compare(new Effect.Group(2, 1, 2, 1, 1, 0), others).low())
                .isNull();

        Viewer all = new Viewer(lin.id(), "Lin Wei", "lin@x.example", Role.LEADER, true);
        assertThat(effect.of(basics, all).why()).contains("Nobody completed it");
        for (String day : List.of("2026-08-01", "2026-09-20", "2026-10-02", "2026-10-05", "2026-10-06")) {
            used("eva.lie@customer.example", day);
        }
        used("somebody@customer.example", "2026-08-01");
        used("somebody@customer.example", "2026-09-21");
        completed("done", "2026-10-01");
        Effect.Result real = effect.of(basics, all);
        assertThat(real.completers()).isEqualTo(new Effect.Group(1, 1, 3, 1, 1, 0));
        assertThat(real.colleagues()).isEqualTo(new Effect.Group(1, 1, 0, 1, 0, 0));
        assertThat(real.more()).isEqualTo(3);
        assertThat(lin.get("/training/" + basics.id()).body()).contains("+3.0 days of use", "no proof that the course");
    }

    private Assignment only() {
        assertThat(assignments.of(oslo)).hasSize(1);
        return assignments.of(oslo).getFirst();
    }

    private void completed(String id, String on) {
        assertThat(program.json("PUT", "/api/v1/training-completions/" + id, """
                {"account": "oslo", "contact": "Eva Lie", "course": "basics", "completed_on": "%s"}
                """.formatted(on))
                        .statusCode())
                .isLessThan(300);
    }

    private void used(String login, String day) {
        var answer = program.json("POST", "/api/v1/usage/bulk", """
                {"items": [{"external_id": "", "account": "oslo", "day": "%s", "feature": "boards", "user": "%s", "events": 4}]}
                """.formatted(day, login));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private UUID person(String name, String role) {
        UUID id = book.contact(oslo, name, role, null, null);
        database.sql("update accounts.contact set email = :mail where id = :id")
                .param("mail", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@customer.example")
                .param("id", id)
                .update();
        return id;
    }

    private void keepTwice() {
        keeping.keepAll();
        keeping.keepAll();
        delivery.drain();
    }

    private void days(int days) {
        clock.moveBy(Duration.ofDays(days));
        lin = people.signIn(lin.id(), "Lin Wei"); // nobody stays signed in for days
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
