package io.perennial.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class SigningInTests {

    private static final String PASSWORD = "seven yellow umbrellas";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @Autowired
    SignInLimits limits;

    @Test
    void aMemberSignsInOnThePageAndComesBackToWhereTheyWanted() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        HttpResponse<String> refused = people.stranger().get("/accounts?filter=mine");
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(location(refused)).isEqualTo("/sign-in?next=%2Faccounts%3Ffilter%3Dmine");

        HttpResponse<String> answer =
                signIn("ana.reyes@perennial.example", PASSWORD, Map.of("next", "/accounts?filter=mine"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).endsWith("/accounts?filter=mine");
        HttpCookie cookie = sessionCookie(answer);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(text -> text.startsWith("perennial=") && text.contains("SameSite=Lax"));
        assertThat(signedInWith(cookie.getValue()).get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void signInNeverLeadsToAnotherSite() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        for (String next : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb"}) {
            HttpResponse<String> answer = signIn("ana.reyes@perennial.example", PASSWORD, Map.of("next", next));
            assertThat(location(answer)).isEqualTo("/");
        }
    }

    @Test
    void unknownPeopleWrongPasswordsAndDisabledMembersGetTheSameAnswer() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        UUID left = people.withPassword("Left Already", Role.CSM, PASSWORD);
        people.member("Not Invited", Role.CSM, true);
        database.sql("update identity.team_member set active = false where id = :id")
                .param("id", left)
                .update();

        String wrong = complaint(signIn("ana.reyes@perennial.example", "something else", Map.of()));

        assertThat(wrong).contains("not right");
        assertThat(complaint(signIn("nobody@perennial.example", PASSWORD, Map.of())))
                .isEqualTo(wrong);
        assertThat(complaint(signIn("left.already@perennial.example", PASSWORD, Map.of())))
                .isEqualTo(wrong);
        assertThat(complaint(signIn("not.invited@perennial.example", PASSWORD, Map.of())))
                .isEqualTo(wrong);
    }

    @Test
    void afterEightTriesForOneAddressThePersonWaitsAndThenMayTryAgain() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        for (int i = 0; i < SignInLimits.TRIES_PER_EMAIL; i++) {
            assertThat(signIn("ana.reyes@perennial.example", "guess " + i, Map.of())
                            .statusCode())
                    .isEqualTo(422);
        }
        HttpResponse<String> limited = signIn("ana.reyes@perennial.example", PASSWORD, Map.of());
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(complaint(limited)).isEqualTo("Too many tries. Wait 75 seconds and try again.");
        assertThat(limited.headers().firstValue("Retry-After")).hasValue("75");

        clock.moveBy(Duration.ofSeconds(75));

        assertThat(signIn("ana.reyes@perennial.example", PASSWORD, Map.of()).statusCode())
                .isEqualTo(302);
    }

    @Test
    void aSessionEndsAfterTwelveHoursOfWorkAndAfterTwoHoursOfSilence() {
        Visitor busy = people.csm("Ana Reyes");
        for (int hour = 1; hour <= 12; hour++) {
            clock.moveBy(Duration.ofHours(1));
            assertThat(busy.get("/").statusCode()).isEqualTo(200);
        }
        clock.moveBy(Duration.ofSeconds(1));
        assertThat(busy.get("/").statusCode()).isEqualTo(303);

        Visitor idle = people.csm("Ana Reyes");
        clock.moveBy(Sessions.LONGEST_IDLE.plusSeconds(1));
        assertThat(idle.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionForGood() {
        Visitor ana = people.csm("Ana Reyes");
        HttpResponse<String> answer = ana.post("/sign-out", Map.of());
        assertThat(location(answer)).endsWith("/sign-in");
        assertThat(answer.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\", \"storage\"");
        assertThat(ana.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aDisabledMemberIsOutAtTheNextClick() {
        Visitor ana = people.csm("Ana Reyes");
        assertThat(ana.get("/").statusCode()).isEqualTo(200);
        database.sql("update identity.team_member set active = false where id = :id")
                .param("id", ana.id())
                .update();
        assertThat(ana.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aVisitorWhoNeverSignsInLeavesNoSessionBehind() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        assertThat(people.stranger().get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(database.sql("select count(*) from identity.session")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aFormLeftOpenTooLongLeadsBackToSignIn() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        HttpResponse<String> answer = people.stranger()
                .post("/sign-in", Map.of("email", "ana.reyes@perennial.example", "password", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isEqualTo("/sign-in");
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("perennial="));
    }

    @Test
    void knownAndUnknownPeopleWaitEquallyLong() {
        people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            known = Math.min(known, took("ana.reyes@perennial.example"));
            unknown = Math.min(unknown, took("nobody.at.all@perennial.example"));
        }
        // Without a hashing for unknown people this would be about a hundredth.
        assertThat((double) unknown / known)
                .as("time for unknown people over time for known ones")
                .isBetween(0.4, 2.5);
    }

    private long took(String email) {
        limits.forgetEverything();
        Visitor stranger = people.strangerWithForm();
        long start = System.nanoTime();
        assertThat(stranger.post("/sign-in", Map.of("email", email, "password", "a wrong guess"))
                        .statusCode())
                .isEqualTo(422);
        return System.nanoTime() - start;
    }

    private HttpResponse<String> signIn(String email, String password, Map<String, String> more) {
        HttpResponse<String> page = people.stranger().get("/sign-in");
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("email", email);
        form.put("password", password);
        form.put("_csrf", Jsoup.parse(page.body()).select("input[name=_csrf]").attr("value"));
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        Visitor stranger = people.stranger();
        return new Visitor(stranger.id(), "", stranger.address(), Map.of("Cookie", cookie), "", "")
                .post("/sign-in", form);
    }

    private Visitor signedInWith(String session) {
        Visitor stranger = people.stranger();
        return new Visitor(
                stranger.id(), "", stranger.address(), Map.of("Cookie", "perennial=" + session), session, "");
    }

    private static HttpCookie sessionCookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .flatMap(text -> HttpCookie.parse(text).stream())
                .filter(cookie -> cookie.getName().equals("perennial"))
                .findFirst()
                .orElseThrow();
    }

    private static String complaint(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body()).select("[role=alert]").text();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
