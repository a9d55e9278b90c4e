package io.perennial.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class SettingUpTests {

    private static final String PASSWORD = "seven yellow umbrellas";

    @Autowired
    People people;

    @Autowired
    SetupToken token;

    @Autowired
    JdbcClient database;

    @Test
    void signInLeadsToSetUpWhileNobodyCanSignIn() {
        people.member("Imported Already", Role.CSM, true);
        HttpResponse<String> answer = people.stranger().get("/sign-in");
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/setup");
    }

    @Test
    void theTokenMakesTheFirstAdministratorOnceAndIsSpent() {
        String presented = token.text();
        HttpResponse<String> made = setUp(presented, PASSWORD);
        assertThat(made.statusCode()).isEqualTo(302);
        assertThat(made.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("perennial="));
        assertThat(database.sql("select role from identity.team_member")
                        .query(String.class)
                        .single())
                .isEqualTo("ADMIN");

        HttpResponse<String> again = setUp(presented, PASSWORD);
        assertThat(again.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
        assertThat(people.stranger()
                        .get("/setup")
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("/sign-in");
        assertThat(token.text()).isNotEqualTo(presented);
    }

    @Test
    void aWrongTokenOrAWeakPasswordMakesNobody() {
        assertThat(complaint(setUp("guessed", PASSWORD))).startsWith("This is not the set-up token.");
        assertThat(complaint(setUp(token.text(), "short"))).startsWith("Use at least 12 characters.");
        assertThat(complaint(setUp(token.text(), "passwordpassword"))).contains("tried first");
        assertThat(complaint(setUp(token.text(), "grace.hopper@perennial.example")))
                .contains("e-mail");
        assertThat(complaint(setUp(token.text(), "x".repeat(129)))).contains("at most 128");
        assertThat(database.sql("select count(*) from identity.team_member")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private HttpResponse<String> setUp(String presented, String password) {
        return people.strangerWithForm()
                .post(
                        "/setup",
                        Map.of(
                                "token",
                                presented,
                                "name",
                                "Grace Hopper",
                                "email",
                                "grace.hopper@perennial.example",
                                "password",
                                password));
    }

    private static String complaint(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(422);
        return Jsoup.parse(answer.body()).select("[role=alert]").text();
    }
}
