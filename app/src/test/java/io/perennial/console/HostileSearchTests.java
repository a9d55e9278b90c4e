package io.perennial.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.Hostile;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every field in which one searches, with what strangers and cats type into it. */
@PerennialTest
class HostileSearchTests {

    private static final String EVIL = "Zanzibar </mark><script>alert(1)</script><img src=x onerror=alert(1)>";

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    AccountId zanzibar;

    @BeforeEach
    void everythingIsCalledEvil() {
        Book book = new Book(database);
        zanzibar = book.account("zanzibar", EVIL);
        book.contact(zanzibar, EVIL, "champion", null, null);
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, created_at, updated_at)
                values (:id, 'evil', :account, :subject, :at, :at, :at)
                """)
                .param("id", UUID.randomUUID())
                .param("account", zanzibar.value())
                .param("subject", EVIL)
                .param("at", Timestamp.from(Instant.parse("2026-11-23T09:00:00Z")))
                .update();
        people.leader().post("/defects", Map.of("title", EVIL, "severity", "major", "key", "evil"));
        people.support()
                .post(
                        "/knowledge",
                        Map.of(
                                "title", EVIL,
                                "body", EVIL,
                                "language", "en",
                                "audience", "customers",
                                "then", "publish"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search",
                "/accounts",
                "/knowledge",
                "/cases?view=all",
                "/cases/new",
                "/defects",
                "/defects?state=all",
                "/usage/features",
                "/cases/letters"
            })
    void whateverIsTypedIsAnsweredSoonAndShownAsText(String field) {
        Visitor admin = people.admin();
        page(admin, field, "warm up");
        for (Hostile hostile : Hostile.of("search")) {
            // What is longer than an address may be is refused by the server itself.
            String typed = hostile.repeated() ? hostile.text().substring(0, 2_000) : hostile.text();
            long start = System.nanoTime();
            HttpResponse<String> answer = page(admin, field, typed);
            long millis = (System.nanoTime() - start) / 1_000_000;

            assertThat(answer.statusCode())
                    .as("%s in %s: %s", hostile.id(), field, hostile.expected())
                    .isEqualTo(hostile.repeated() ? 422 : 200);
            assertThat(millis).as("%s in %s took", hostile.id(), field).isLessThan(2_000);
            assertOnlyText(answer, hostile.id() + " in " + field);
        }
        assertOnlyText(page(admin, field, "zanzibar"), "a hit in " + field);
    }

    @Test
    void thePaletteGetsTheSame() {
        Visitor admin = people.admin();
        for (Hostile hostile : Hostile.of("search")) {
            String typed = hostile.repeated() ? hostile.text().substring(0, 2_000) : hostile.text();
            assertThat(admin.send(
                                    "GET",
                                    address("/search", typed),
                                    BodyPublishers.noBody(),
                                    Map.of("Accept", "application/json"))
                            .statusCode())
                    .as(hostile.id())
                    .isEqualTo(hostile.repeated() ? 422 : 200);
        }
        assertThat(admin.get(address("/defects/search", "' OR 1=1;--")).statusCode())
                .isEqualTo(200);
    }

    /** {@code search-hits-in-forbidden-objects}. */
    @Test
    void whoMayNotSeeAnAccountFindsNothingOfItNotEvenThatItIsThere() {
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        for (String field : List.of("/search", "/accounts", "/cases?view=all", "/cases/new", "/cases/letters")) {
            Document page = Jsoup.parse(page(ben, field, "zanzibar").body());
            // Articles are everybody's.
            page.select("main li:has(.chip:contains(Articles))").remove();
            assertThat(page.select("main").text().replace("zanzibar", ""))
                    .as(field)
                    .doesNotContainIgnoringCase("zanzibar");
        }
        assertThat(Jsoup.parse(ben.get("/defects").body())
                        .select("main tbody tr")
                        .text())
                .as("the defect is everybody's, whom it hits is not")
                .doesNotContain("1 account");
    }

    private static void assertOnlyText(HttpResponse<String> answer, String what) {
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("main script, main img[src=x], main [onerror]"))
                .as(what)
                .isEmpty();
    }

    private static HttpResponse<String> page(Visitor visitor, String field, String typed) {
        return visitor.send("GET", address(field, typed), BodyPublishers.noBody(), Map.of("Accept", "text/html"));
    }

    private static String address(String field, String typed) {
        return field + (field.contains("?") ? "&" : "?") + "q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
    }
}
