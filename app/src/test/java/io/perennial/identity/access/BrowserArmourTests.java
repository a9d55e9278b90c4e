package io.perennial.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PerennialTest
class BrowserArmourTests {

    @Autowired
    People people;

    @Test
    void everyAnswerTellsTheBrowserToBeStrict() {
        Visitor ana = people.csm("Ana Reyes");
        for (HttpResponse<String> answer : List.of(
                ana.get("/"),
                ana.get("/no/such/page"),
                people.stranger().get("/sign-in"),
                people.stranger().get("/"))) {
            assertThat(header(answer, "Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self' 'nonce-")
                    .contains("style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Permissions-Policy")).contains("camera=()");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-origin", "server");
        }
    }

    @Test
    void thePageUsesTheNonceOfItsOwnAnswer() {
        HttpResponse<String> answer = people.csm("Ana Reyes").get("/");
        String policy = header(answer, "Content-Security-Policy");
        String nonce = policy.substring(policy.indexOf("nonce-") + 6, policy.indexOf("'", policy.indexOf("nonce-")));
        assertThat(answer.body()).contains("nonce=\"" + nonce + "\"");
        assertThat(header(people.csm("Ana Reyes").get("/"), "Content-Security-Policy"))
                .isNotEqualTo(policy);
    }

    @Test
    void pagesThatMayCarryAOneTimeSecretSendNoReferrer() {
        assertThat(header(people.stranger().get("/welcome?token=x"), "Referrer-Policy"))
                .isEqualTo("no-referrer");
        assertThat(header(people.stranger().get("/setup"), "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void staticFilesMayBeKeptForAYear() {
        String page = people.stranger().get("/setup").body();
        String sheet = page.substring(page.indexOf("/_static/"), page.indexOf("\"", page.indexOf("/_static/")));
        assertThat(header(people.stranger().get(sheet), "Cache-Control")).contains("max-age=31536000", "immutable");
    }

    @Test
    void aChangeWithoutTheFormTokenIsRefused() {
        Visitor admin = people.admin();
        Visitor withoutToken =
                new Visitor(admin.id(), admin.name(), admin.address(), admin.headers(), admin.cookie(), "");
        assertThat(withoutToken
                        .post("/admin/keys", Map.of("name", "x", "scope", "read"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnotherSiteChangesNothingEvenWithTheToken() {
        Visitor admin = people.admin();
        assertThat(from(admin, Map.of("Sec-Fetch-Site", "cross-site"))).isEqualTo(403);
        assertThat(from(admin, Map.of("Sec-Fetch-Site", "same-site"))).isEqualTo(403);
        assertThat(from(admin, Map.of("Origin", "https://evil.example"))).isEqualTo(403);
        assertThat(from(admin, Map.of("Origin", admin.address()))).isEqualTo(200);
        assertThat(from(admin, Map.of("Sec-Fetch-Site", "same-origin"))).isEqualTo(200);
    }

    @Test
    void aMethodInAHeaderOrFieldIsIgnored() {
        Visitor reader = people.reader();
        HttpResponse<String> answer = reader.send(
                "POST",
                "/sign-out?_method=GET",
                BodyPublishers.noBody(),
                Map.of("X-HTTP-Method-Override", "GET", "Content-Type", "application/x-www-form-urlencoded"));
        assertThat(answer.headers().firstValue("Clear-Site-Data")).isPresent();
    }

    private int from(Visitor admin, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return admin.send("POST", "/admin/keys", BodyPublishers.ofString("name=CRM&scope=read"), all)
                .statusCode();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
