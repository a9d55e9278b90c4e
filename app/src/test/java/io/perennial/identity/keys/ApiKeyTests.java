package io.perennial.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ApiKeyTests {

    private static final String ACCOUNTS = "/api/v1/accounts";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    HikariDataSource pool;

    @Test
    void anAdministratorMakesAKeyThatIsShownOnceAndWorks() {
        Visitor admin = people.admin();
        HttpResponse<String> made = admin.post("/admin/keys", Map.of("name", "CRM sync", "scope", "read"));
        String key = Jsoup.parse(made.body()).select(".once code").text();
        assertThat(KeyText.isWellFormed(key)).isTrue();

        assertThat(people.holding(key).get(ACCOUNTS).statusCode()).isNotIn(401, 403);

        String list = admin.get("/admin/keys").body();
        assertThat(list).contains("CRM sync", KeyText.shown(key)).doesNotContain(key);
        assertThat(database.sql("select count(*) from identity.api_key where last_used_at is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(database.sql("select row_to_json(k)::text from identity.api_key k")
                        .query(String.class)
                        .single())
                .doesNotContain(key.substring(KeyText.PREFIX.length()));
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        Visitor admin = people.admin();
        Visitor program = people.program("read");
        assertThat(program.get(ACCOUNTS).statusCode()).isNotIn(401, 403);
        UUID key = database.sql("select id from identity.api_key")
                .query(UUID.class)
                .single();

        admin.post("/admin/keys/" + key + "/revocation", Map.of());

        HttpResponse<String> answer = program.get(ACCOUNTS);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void aMistypedKeyIsRefusedWithoutAskingTheDatabase() {
        String key = people.apiKey("read");
        char other = key.charAt(20) == 'x' ? 'y' : 'x';
        String mistyped = key.substring(0, 20) + other + key.substring(21);
        assertThat(KeyText.isWellFormed(mistyped)).isFalse();
        assertThat(people.holding(mistyped).get(ACCOUNTS).statusCode()).isEqualTo(401);
        assertThat(people.holding("").get(ACCOUNTS).statusCode()).isEqualTo(401);
        assertThat(people.holding(key + "x").get(ACCOUNTS).statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyInTheAddressIsRefusedEvenWhenItIsRight() {
        String key = people.apiKey("read");
        HttpResponse<String> answer = people.holding(key).get(ACCOUNTS + "?api_key=" + key);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("must not stand in an address").doesNotContain(key);
    }

    @Test
    void aSessionCookieOpensNothingForPrograms() {
        assertThat(people.admin().get(ACCOUNTS).statusCode()).isEqualTo(401);
    }

    @Test
    void scopesSayWhatAKeyReaches() {
        assertThat(people.program("read")
                        .json("PUT", ACCOUNTS + "/acme", "{\"name\":\"Acme\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.program("import").get(ACCOUNTS).statusCode()).isEqualTo(403);
        assertThat(people.program("write").get(ACCOUNTS).statusCode()).isNotIn(401, 403);
    }

    @Test
    void onlyAdministratorsSeeKeys() {
        assertThat(people.leader().get("/admin/keys").statusCode()).isEqualTo(403);
        assertThat(people.leader()
                        .post("/admin/keys", Map.of("name", "x", "scope", "write"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theCommandLineMakesListsAndRevokesKeys() {
        String key =
                command("create", "Nightly load", "--scope", "write,import").strip();
        assertThat(people.holding(key).get(ACCOUNTS).statusCode()).isNotIn(401, 403);
        assertThat(command("list")).contains(KeyText.shown(key), "Nightly load", "import,write");
        assertThat(command("revoke", KeyText.shown(key))).contains("1 key revoked");
        assertThat(command("list")).contains("revoked");
        assertThat(command("create", "--scope", "sing")).contains("Unknown scope: sing");
    }

    private String command(String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String[] arguments = new String[words.length + 1];
        arguments[0] = pool.getJdbcUrl();
        System.arraycopy(words, 0, arguments, 1, words.length);
        KeyShell.run(arguments, out, out);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
