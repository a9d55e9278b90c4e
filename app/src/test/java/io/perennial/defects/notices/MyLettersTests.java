package io.perennial.defects.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.defects.Broken;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectEditing;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page behind the link in each letter. */
@PerennialTest
class MyLettersTests {

    @Autowired
    JdbcClient database;

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    Wishes wishes;

    @Autowired
    People people;

    AccountId harbor;
    UUID ada;

    @BeforeEach
    void adaIsAtHarbor() {
        Broken broken = new Broken(database, editing, cases);
        harbor = broken.customer("harbor", "1200");
        ada = broken.person(harbor, "Ada", "ada@harbor.example");
    }

    @Test
    void theLinkInALetterShowsAndOnlyItsButtonChanges() {
        String token = wishes.token(ada);
        assertThat(token).hasSize(32).isEqualTo(wishes.token(ada));
        Visitor stranger = people.stranger();

        var page = stranger.get("/letters/" + token);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("ada@harbor.example", "Known issues").doesNotContain("harbor<", "<script");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(wishes.of(ada).changedBy()).isNull();

        var kept = stranger.post(
                "/letters/" + token,
                Map.of("byMail", "true", "knownIssue", "weekly", "news", "never", "maintenance", "at-once"));
        assertThat(kept.body()).contains("Kept.");
        assertThat(wishes.of(ada).news()).isEqualTo(Frequency.NEVER);
        assertThat(wishes.of(ada).changedBy()).isEqualTo("Ada, by link");
        assertThat(stranger.post("/letters/" + token, Map.of("byMail", "true", "news", "sometimes"))
                        .statusCode())
                .isEqualTo(422);
        stranger.post("/letters/" + token, Map.of("List-Unsubscribe", "One-Click"));
        assertThat(wishes.of(ada).byMail()).isFalse();
        assertThat(stranger.get("/letters/" + token.substring(1) + "x").statusCode())
                .isEqualTo(404);
        assertThat(stranger.get("/letters/'%20or%20true").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "de, en, de, Was wir Ihnen mitteilen, Nie, Gespeichert",
        "'', fr-CH, fr, Ce que nous vous annonçons, Jamais, enregistré",
        "es, '', es, Qué le contamos, Nunca, Guardado",
        "IT, de, it, Che cosa Le comunichiamo, Mai, Salvato",
        "no, '', en, What we tell you, Never, Kept"
    })
    void thePageSpeaksTheLanguageOfTheLetters(
            String person, String account, String shown, String title, String never, String kept) {
        speaks(person, account);
        String address = "/letters/" + wishes.token(ada);

        Document page = Jsoup.parse(people.stranger().get(address).body());

        assertThat(page.select("html").attr("lang")).isEqualTo(shown);
        assertThat(page.select("h1").text()).isEqualTo(title);
        assertThat(page.select("#news option").eachText()).contains(never);
        assertThat(people.stranger()
                        .post(address, Map.of("byMail", "true", "news", "never"))
                        .body())
                .contains(kept);
    }

    @Test
    void whoeverHasNoLanguageReadsThatOfTheBrowser() {
        String address = "/letters/" + wishes.token(ada);

        assertThat(read(address, "de-AT, en;q=0.5")).contains("Was wir Ihnen mitteilen");
        assertThat(read("/letters/gone", "fr")).contains("Ce lien ne mène nulle part");
    }

    private String read(String address, String languages) {
        return people.stranger()
                .send("GET", address, BodyPublishers.noBody(), Map.of("Accept-Language", languages))
                .body();
    }

    private void speaks(String person, String account) {
        database.sql("update accounts.contact set language = nullif(:language, '') where id = :id")
                .param("language", person)
                .param("id", ada)
                .update();
        database.sql("update accounts.account set language = nullif(:language, '') where id = :id")
                .param("language", account)
                .param("id", harbor.value())
                .update();
    }
}
