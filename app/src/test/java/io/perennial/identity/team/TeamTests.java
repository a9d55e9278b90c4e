package io.perennial.identity.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class TeamTests {

    private static final String PASSWORD = "seven yellow umbrellas";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @Test
    void anInvitedMemberChoosesAPasswordByALinkThatWorksOnce() {
        HttpResponse<String> added = people.admin()
                .post(
                        "/admin/team",
                        Map.of(
                                "name",
                                "Ana Reyes",
                                "email",
                                "ana@perennial.example",
                                "role",
                                "CSM",
                                "portfolio",
                                "own"));
        String link = link(added);

        assertThat(people.stranger().get(link).body()).contains("ana@perennial.example");
        assertThat(choose(link, "short").statusCode()).isEqualTo(422);
        assertThat(choose(link, "passwordpassword").statusCode()).isEqualTo(422);
        HttpResponse<String> chosen = choose(link, PASSWORD);
        assertThat(chosen.statusCode()).isEqualTo(302);
        assertThat(chosen.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("perennial="));

        assertThat(people.stranger().get(link).statusCode()).isEqualTo(410);
        assertThat(choose(link, "another password of mine").statusCode()).isEqualTo(410);
    }

    @Test
    void aResetLinkIsDeadAfterAnHour() {
        Visitor admin = people.admin();
        var ana = people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        String link = link(admin.post("/admin/team/" + ana + "/password-link", Map.of()));
        clock.moveBy(Duration.ofMinutes(59));
        assertThat(people.stranger().get(link).statusCode()).isEqualTo(200);
        clock.moveBy(Duration.ofMinutes(1));
        assertThat(people.stranger().get(link).statusCode()).isEqualTo(410);
    }

    @Test
    void aNewRoleCountsAtTheNextClickAndIsAudited() {
        Visitor admin = people.admin();
        Visitor ana = people.csm("Ana Reyes");
        assertThat(ana.get("/admin/team").statusCode()).isEqualTo(403);

        change(admin, ana, "ADMIN", "everything", "true");

        assertThat(ana.get("/admin/team").statusCode()).isEqualTo(200);
        assertThat(database.sql("select summary from platform.change where kind = 'security' and summary like 'Role%'")
                        .query(String.class)
                        .single())
                .isEqualTo("Role of Ana Reyes changed to Administrator");
    }

    @Test
    void aDisabledMemberIsSignedOutEverywhereAndTheirSessionsAreGone() {
        Visitor admin = people.admin();
        Visitor ana = people.csm("Ana Reyes");
        change(admin, ana, "CSM", "everything", "false");
        assertThat(ana.get("/").statusCode()).isEqualTo(303);
        assertThat(database.sql("select count(*) from identity.session where principal_name = :id")
                        .param("id", ana.id().toString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theLastAdministratorStaysOne() {
        var grace = people.withPassword("Grace Hopper", Role.ADMIN, PASSWORD);
        Visitor admin = people.signIn(grace, "Grace Hopper");
        HttpResponse<String> refused = change(admin, admin, "CSM", "everything", "true");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select("[role=alert]").text())
                .isEqualTo("Grace Hopper is the only administrator. Make somebody else one first.");
    }

    @Test
    void aMemberChangesTheirPasswordWhenTheyKnowThePresentOne() {
        var id = people.withPassword("Ana Reyes", Role.CSM, PASSWORD);
        Visitor here = people.signIn(id, "Ana Reyes");
        Visitor elsewhere = people.signIn(id, "Ana Reyes");
        String fresh = "nine quiet green lamps";

        assertThat(here.post("/profile/password", Map.of("present", "a guess", "password", fresh))
                        .statusCode())
                .isEqualTo(422);
        assertThat(here.post("/profile/password", Map.of("present", PASSWORD, "password", fresh))
                        .statusCode())
                .isEqualTo(302);
        assertThat(elsewhere.get("/").statusCode()).isEqualTo(303);
        assertThat(people.strangerWithForm()
                        .post("/sign-in", Map.of("email", "ana.reyes@perennial.example", "password", fresh))
                        .statusCode())
                .isEqualTo(302);
    }

    private HttpResponse<String> choose(String link, String password) {
        String token = link.substring(link.indexOf('=') + 1);
        return people.strangerWithForm().post("/welcome", Map.of("token", token, "password", password));
    }

    private HttpResponse<String> change(Visitor admin, Visitor member, String role, String portfolio, String active) {
        return admin.post("/admin/team/" + member.id(), Map.of("role", role, "portfolio", portfolio, "active", active));
    }

    private String link(HttpResponse<String> answer) {
        String address = Jsoup.parse(answer.body()).select(".once code").text();
        assertThat(address).startsWith(people.address() + "/welcome?token=");
        return address.substring(people.address().length());
    }
}
