package io.perennial.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.MailStory;
import io.perennial.onboarding.Onboarding.Track;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.Hostile;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.internet.MimeMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the contract to first value, over a real mail server and a clock that moves. */
@PerennialTest
class StuckCustomerTests extends MailStory {

    private static final Pattern LINK = Pattern.compile("https://success.lumenworks.example(/getting-started/\\S+)");

    private static final String TEMPLATE = """
            Onboarding: Fleet start
            Starts for: new customers
            Run: automated
            Write to: champion, admin
            Help: Write to help@lumenworks.example
            Task after: 5 days
            Set up: Driver logins
            First value: First route planned

            # Welcome
            We: csm
            They: champion
            Within: 3 days
            Done when: entitlements told

            # Access
            They: admin
            Within: 8 days
            After: Welcome
            Done when: access verified by 2 people
            Next: Open the link in our letter and confirm that you get in.

            # First route planned
            They: champion
            Within: 20 days
            After: Welcome
            Done when: feature Route planner used
            """;

    @Autowired
    Keeping keeping;

    @Autowired
    Templates templates;

    @Autowired
    Onboardings onboardings;

    @Autowired
    OnboardingWork work;

    @Autowired
    OnboardingProgress progress;

    @Autowired
    LiveScoring scoring;

    @Autowired
    People people;

    Book book;
    Visitor ana;
    Visitor program;
    AccountId oslo;
    UUID eva;
    UUID ola;

    @BeforeEach
    void osloFerryHasJustSigned() {
        readers.take(letter -> false);
        book = new Book(database);
        ana = people.csm("Ana Reyes");
        people.csm("Ben Carter");
        program = people.program("read", "write");
        oslo = book.account("oslo", "Oslo Ferry");
        database.sql("update accounts.account set owner_id = :ana where id = :id")
                .param("ana", ana.id())
                .param("id", oslo.value())
                .update();
        eva = person("Eva Lie", "champion");
        ola = person("Ola Berg", "admin");
        templates.save(null, TEMPLATE, Actor.SYSTEM);
        line("oslo-1", "2026-11-24");
    }

    @Test
    void whoIsStuckOnDayNineGetsOneHelpfulLetterAndThenTheirManagerOneTask() throws Exception {
        keepTwice();
        assertThat(letters()).hasSize(2);
        assertThat(text(to("eva.lie")))
                .contains("Where to get help", "help@lumenworks.example", "Ana Reyes", "/getting-started/");
        assertThat(now().track(today())).isEqualTo(Track.ON_TRACK);
        assertThat(now().toldOn()).isEqualTo("2026-11-24");

        days(8);
        keepTwice();
        assertThat(letters()).hasSize(2);

        days(1);
        keepTwice();
        assertThat(now().track(today())).isEqualTo(Track.BEHIND);
        assertThat(letters()).hasSize(3);
        MimeMessage help = to("ola.berg");
        assertThat(help.getSubject()).isEqualTo("The next step at Oslo Ferry: Access");
        assertThat(text(help))
                .contains(
                        "Dear Ola Berg",
                        "by 2 December 2026",
                        "Open the link in our letter",
                        "Ana Reyes",
                        "/getting-started/");
        assertThat(tasks()).isEmpty();
        signalled();

        days(4);
        keepTwice();
        assertThat(tasks()).isEmpty();
        days(1);
        keepTwice();
        days(30);
        keepTwice();
        assertThat(tasks().stream().filter(one -> one.contains("Access")))
                .containsExactly("Get Oslo Ferry past \"Access\", Ana Reyes");
        assertThat(letters().stream().filter(one -> subject(one).contains("Access")))
                .hasSize(1);
        assertThat(ana.get("/onboardings/" + now().id()).body())
                .contains("What was done when it was late", "Letter to Ola Berg", "0 of 2");
        assertThat(ana.get("/onboardings").body()).contains("1 of 1 customer is behind", "their admin");

        progress.tick(now().id(), step("Access").id(), today(), Worker.of(viewer()));
        keepTwice();
        assertThat(database.sql(
                                "select outcome from engagement.task where title like '%Access%' and done_at is not null")
                        .query(String.class)
                        .single())
                .isEqualTo("Access was reached on 7 Jan 2027.");
        assertThat(ana.get("/onboardings/" + now().id()).body()).contains("settled the task to help");
    }

    @Test
    void aMailScannerVerifiesNobodyAndAPersonDoes() throws Exception {
        keepTwice();
        String evas = link(to("eva.lie"));
        Visitor scanner = people.stranger();
        assertThat(scanner.get(evas).body()).contains("Can you sign in", "Hello Eva Lie");
        assertThat(scanner.get(evas).headers().firstValue("X-Robots-Tag")).isPresent();
        keepTwice();
        assertThat(step("Access").have()).isZero();

        assertThat(scanner.post(evas, Map.of()).statusCode()).isEqualTo(302);
        scanner.post(evas, Map.of());
        assertThat(scanner.get(evas).body()).contains("You get in.");
        assertThat(step("Access").have()).isEqualTo(1);
        days(Milestone.ABANDONED_DAYS);
        keepTwice();
        assertThat(step("Access").isAbandoned(today())).isTrue();
        assertThat(ana.get("/onboardings?only=abandoned").body()).contains("Oslo Ferry");

        scanner.post(link(to("ola.berg")), Map.of());
        assertThat(step("Access").reachedOn()).isEqualTo("2026-12-04");
        assertThat(scanner.get(evas.substring(0, evas.length() - 1) + "x").statusCode())
                .isEqualTo(404);
        assertThat(scanner.post("/getting-started/pgs_none", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(tasks()).isEmpty();
    }

    @Test
    void whoLeavesIsHelpedInNoMoreUntilSomebodySaysSo() {
        keepTwice();
        days(6);
        assertThat(program.json("PUT", "/api/v1/contract-lines/oslo-1", "{\"ends_on\":\"2026-11-30\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(program.json(
                                "PUT",
                                "/api/v1/cancellations/oslo-left",
                                "{\"account\":\"oslo\",\"cancelled_on\":\"2026-11-28\"}")
                        .statusCode())
                .isEqualTo(201);
        scoring.drain();
        keepTwice();
        assertThat(now().stoppedOn()).isEqualTo(today());
        days(9);
        keepTwice();
        assertThat(letters()).hasSize(2);
        assertThat(tasks()).isEmpty();
        assertThat(ana.get("/onboardings/" + now().id()).body()).contains("The customer left on 30 Nov 2026.");

        work.resume(now().id(), Worker.of(viewer()));
        keepTwice();
        assertThat(now().stoppedOn()).isNull();
        assertThat(letters()).hasSize(3);
    }

    @Test
    void factsTickAndFirstValueIsReached() {
        keepTwice();
        days(8);
        used("Route planner", "2026-12-01");
        keepTwice();
        assertThat(step("First route planned").reachedOn()).isEqualTo("2026-12-01");
        assertThat(now().firstValueOn()).isEqualTo("2026-12-01");
        assertThat(now().finishedOn()).isNull();

        progress.tick(now().id(), step("Access").id(), today(), Worker.of(viewer()));
        assertThat(now().finishedOn()).isEqualTo("2026-12-02");
        String page = ana.get("/onboardings/" + now().id()).body();
        assertThat(page).contains("Every milestone is reached", "ticked Access");
        Matcher change = Pattern.compile("/changes/([0-9a-f-]{36})/undo").matcher(page);
        assertThat(change.find()).isTrue();
        ana.post("/changes/" + change.group(1) + "/undo", Map.of());
        assertThat(now().finishedOn()).isNull();
        assertThat(step("Access").isOpen()).isTrue();
    }

    @Test
    void theSameSaleStartsOnceAndWhatWasTakenBackStaysAway() {
        keepTwice();
        line("oslo-2", "2026-11-24");
        keepTwice();
        assertThat(onboardings.of(oslo)).hasSize(1);
        assertThat(program.json(
                                "POST",
                                "/api/v1/accounts/oslo/onboardings",
                                "{\"template\":\"Fleet start\",\"startedOn\":\"2026-11-20\"}")
                        .body())
                .contains("is in Fleet start already");

        AccountId kiva = book.account("kiva", "Kiva");
        var change = work.start(kiva, templates.all().getFirst().id(), today(), Worker.of(viewer()))
                .change();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(onboardings.of(kiva)).isEmpty();
    }

    @Test
    void withNobodyToWriteToTheManagerIsAskedAtOnce() throws Exception {
        database.sql("update accounts.contact set email = null").update();
        keepTwice();
        days(9);
        keepTwice();
        assertThat(letters()).isEmpty();
        assertThat(tasks()).hasSize(1);
        days(20);
        keepTwice();
        assertThat(tasks().stream().filter(one -> one.contains("Welcome"))).hasSize(1);
    }

    @Test
    void whateverIsTypedIsAnswered() {
        Visitor lin = people.leader();
        keeping.keepAll();
        for (Hostile one : Hostile.of("search")) {
            if (!one.repeated()) {
                String typed = URLEncoder.encode(one.text(), StandardCharsets.UTF_8);
                var answer = ana.get("/onboardings?q=" + typed + "&template=" + typed);
                assertThat(answer.statusCode()).as(one.id()).isEqualTo(200);
                assertThat(answer.body()).doesNotContain("<script>alert");
                assertThat(lin.post("/onboardings/templates", Map.of("text", "Onboarding: " + one.text() + "\n# One"))
                                .statusCode())
                        .as(one.id())
                        .isIn(302, 422);
            }
        }
        for (Hostile one : Hostile.of("staff_ui")) {
            assertThat(ana.post("/onboardings/" + now().id() + "/stop", Map.of("why", one.text()))
                            .statusCode())
                    .as(one.id())
                    .isIn(302, 422);
            work.resume(now().id(), Worker.of(viewer()));
        }
        assertThat(ana.get("/onboardings/" + now().id()).body()).doesNotContain("<script>alert");
        assertThat(people.reader()
                        .post("/onboardings/" + now().id() + "/stop", Map.of("why", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.csmWithOwnAccounts("Zoe Zed")
                        .get("/onboardings/" + now().id())
                        .statusCode())
                .isEqualTo(404);
        assertThat(ana.post("/onboardings/templates", Map.of("text", TEMPLATE)).statusCode())
                .isEqualTo(403);
    }

    private void signalled() {
        scoring.drain();
        List<String> causes = database.sql(
                        "select cause from health.signal where account_id = :id and closed_at is null")
                .param("id", oslo.value())
                .query((row, number) -> row.getString(1))
                .list();
        assertThat(causes).contains("milestone_overdue");
    }

    /** As the background does it again and again, also after a restart. */
    private void keepTwice() {
        keeping.keepAll();
        keeping.keepAll();
        delivery.drain();
    }

    private void days(int days) {
        clock.moveBy(Duration.ofDays(days));
        ana = people.signIn(ana.id(), "Ana Reyes"); // nobody stays signed in for days
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }

    private Onboarding now() {
        return onboardings.of(oslo).getFirst();
    }

    private Milestone step(String name) {
        return onboardings.milestones(now().id()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Viewer viewer() {
        return new Viewer(ana.id(), "Ana Reyes", "ana@perennial.example", Role.CSM, true);
    }

    private UUID person(String name, String role) {
        UUID id = book.contact(oslo, name, role, null, null);
        database.sql("update accounts.contact set email = :mail where id = :id")
                .param("mail", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@customer.example")
                .param("id", id)
                .update();
        return id;
    }

    private void line(String id, String startsOn) {
        assertThat(program.json("PUT", "/api/v1/contract-lines/" + id, """
                {"account": "oslo", "product": "Fleet Planner", "amount": "12000", "period": "year", "currency": "EUR",
                 "starts_on": "%s"}
                """.formatted(startsOn))
                        .statusCode())
                .isLessThan(300);
    }

    private void used(String feature, String day) {
        assertThat(program.json("POST", "/api/v1/usage/bulk", """
                {"items": [{"external_id": "", "account": "oslo", "day": "%s", "feature": "%s", "user": "eva", "events": 4}]}
                """.formatted(day, feature))
                        .statusCode())
                .isLessThan(300);
    }

    private List<String> tasks() {
        return database.sql("""
                select t.title || ', ' || coalesce(m.name, 'nobody') from engagement.task t
                left join identity.team_member m on m.id = t.owner_id order by t.created_at, t.title
                """).query((row, number) -> row.getString(1)).list();
    }

    private List<MimeMessage> letters() {
        return Arrays.asList(server.getReceivedMessages());
    }

    /** The latest letter to that address. */
    private MimeMessage to(String name) throws Exception {
        MimeMessage found = null;
        for (MimeMessage one : letters()) {
            if (one.getAllRecipients()[0].toString().contains(name)) {
                found = one;
            }
        }
        return Objects.requireNonNull(found);
    }

    private static String text(MimeMessage letter) throws Exception {
        return letter.getContent().toString().replace("\r\n", "\n");
    }

    private static String subject(MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String link(MimeMessage letter) throws Exception {
        Matcher link = LINK.matcher(text(letter));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }
}
