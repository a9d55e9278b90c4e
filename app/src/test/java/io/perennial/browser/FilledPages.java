package io.perennial.browser;

import static io.perennial.browser.Accessibility.assertContentAccessible;
import static io.perennial.browser.Accessibility.assertContentReadableInTheDark;
import static io.perennial.browser.Accessibility.assertReflows;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.perennial.defects.notices.Wishes;
import io.perennial.events.SchemaSampling;
import io.perennial.events.reading.EventReading;
import io.perennial.growth.expansion.LookedAt;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.world.Lumenworks;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A company with everything on its pages, and what must hold for each page. */
abstract class FilledPages {

    static final byte[] FLAWED = """
        external_id,name,segment,owner,customer_since,weird
        zz-1,Zeta One,SMB,ana,2024-01-02,a
        zz-2,,SMB,nobody@x.example,not a date,b
        zz-3,Zeta Three,Enterprise,ben,2024-13-40,c
        """.getBytes(StandardCharsets.UTF_8);

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    EventReading reading;

    @Autowired
    SchemaSampling sampling;

    @Autowired
    Wishes wishes;

    @Autowired
    UnsubscribeLinks unsubscribe;

    @Autowired
    LookedAt looked;

    Visitor admin;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
        admin = people.admin();
        if (!admin.get("/adoption").body().contains("Licences unused")) {
            admin.post("/adoption/key-actions", Map.of("name", "First export", "start", "1", "finish", "2"));
            admin.post("/adoption/renewal", Map.of());
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> admin.get("/adoption").body().contains("Licences unused"));
            looked.now();
        }
    }

    String idOf(String query) {
        return database.sql(query + " limit 1").query(String.class).single();
    }

    String modelOf(Page page) {
        page.navigate("/health");
        return hrefs(page, "main a[href^='/health/models/']").getFirst();
    }

    static List<String> hrefs(Page page, String selector) {
        return page.locator(selector).all().stream()
                .map(link -> Objects.requireNonNull(link.getAttribute("href")))
                .toList();
    }

    static void check(Page page, List<String> addresses) {
        SoftAssertions soft = new SoftAssertions();
        for (String address : new ArrayList<>(addresses)) {
            soft.assertThat(page.navigate(address).status()).as(address).isEqualTo(200);
            check(page, soft);
        }
        soft.assertAll();
    }

    static void check(Page page, SoftAssertions soft) {
        soft.check(() -> assertContentAccessible(page));
        soft.check(() -> assertContentReadableInTheDark(page));
        page.setViewportSize(320, 700);
        soft.check(() -> assertReflows(page));
        page.setViewportSize(1280, 900);
    }
}
