package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The company says what its own words count as. */
@PerennialTest
class ReasonsTests {

    private static final String REASONS = "/cancellations/reasons";

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    private Leaving leaving;
    private AccountId harbor;
    private Visitor grace;

    @BeforeEach
    void harborLeft() {
        leaving = new Leaving(database);
        harbor = new Book(database).account("harbor", "Harbor Freight");
        grace = people.admin();
    }

    @ParameterizedTest
    @CsvSource({
        "Pricing, cost",
        "bad_fit, bad_fit",
        "'  Bad   Fit ', bad_fit",
        "stopped using, no_longer_used",
        "'', unknown",
        "Data residency, other"
    })
    void aWordCountsAsItDidWhenShipped(String word, String category) {
        assertThat(leaving.categoryOf(leaving.notice(harbor, "2026-03-14", null, word)))
                .isEqualTo(category);
    }

    @Test
    void aMappedWordRestatesPastLossesAndUndoPutsThemBack() {
        UUID past = leaving.notice(harbor, "2026-03-14", null, "Data residency");
        UUID same = leaving.notice(harbor, "2026-05-14", null, "data_residency");
        UUID other = leaving.notice(harbor, "2026-06-14", null, "Mood");
        database.sql("delete from contracts.revenue_changed").update();
        assertThat(Jsoup.parse(grace.get(REASONS).body())
                        .select("section[aria-label='Words not mapped'] tbody")
                        .text())
                .contains("Data residency 2", "Mood 1");

        assertThat(grace.post(REASONS, Map.of("title", "Data residency", "category", "bad_fit"))
                        .statusCode())
                .isEqualTo(302);

        assertThat(leaving.categoryOf(past)).isEqualTo("bad_fit");
        assertThat(leaving.categoryOf(same)).isEqualTo("bad_fit");
        assertThat(leaving.categoryOf(other)).isEqualTo("other");
        assertThat(leaving.categoryOf(leaving.notice(harbor, "2026-07-01", null, "DATA RESIDENCY")))
                .isEqualTo("bad_fit");
        assertThat(database.sql("select count(*) from contracts.revenue_changed")
                        .query(Integer.class)
                        .single())
                .as("revenue is not derived anew for words, but for the new loss")
                .isEqualTo(1);
        assertThat(grace.get(REASONS).body()).contains("Past losses with this word count so too.");

        grace.post("/changes/" + leaving.latestChange() + "/undo", Map.of());
        assertThat(leaving.categoryOf(past)).isEqualTo("other");
    }

    @Test
    void aReasonOfOnesOwnCanBeChosenWhereCancellationsAreRecorded() {
        grace.post(REASONS, Map.of("title", "Merged away", "category", "out_of_business", "offered", "true"));
        var form =
                Jsoup.parse(grace.get("/accounts/" + harbor + "/cancellation").body());
        assertThat(form.select("optgroup[label^=Outside] option").eachText()).contains("Merged away");

        grace.post(
                "/accounts/" + harbor + "/cancellation", Map.of("cancelledOn", "2026-11-01", "reason", "Merged away"));
        assertThat(database.sql("select category from contracts.cancellation")
                        .query(String.class)
                        .single())
                .isEqualTo("out_of_business");

        grace.post(REASONS + "/removal", Map.of("word", "merged away"));
        assertThat(database.sql("select category from contracts.cancellation")
                        .query(String.class)
                        .single())
                .isEqualTo("other");
    }

    @Test
    void wordsThatCannotBeAreRefusedAndOnlyLeadersSay() {
        assertThat(grace.post(REASONS, Map.of("title", " ", "category", "cost")).statusCode())
                .isEqualTo(422);
        assertThat(grace.post(REASONS, Map.of("title", "x".repeat(101), "category", "cost"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(grace.post(REASONS, Map.of("title", "Bad fit", "category", "cost"))
                        .body())
                .contains("counts as itself");
        assertThat(grace.post(REASONS, Map.of("title", "Mood", "category", "sadness"))
                        .body())
                .contains("Choose what it counts as.");
        assertThat(people.csm("Ana Reyes")
                        .post(REASONS, Map.of("title", "Mood", "category", "cost"))
                        .statusCode())
                .isEqualTo(403);
    }
}
