package io.perennial.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Arrivals;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Editing one cell of the accounts grid. */
@PerennialTest
class AccountCellsTests {

    @Autowired
    Arrivals arrivals;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void kivaBelongsToAna() {
        arrivals.twoManagers();
        arrivals.account("kiva", Map.of("name", "Kiva GmbH", "owner", "ana.reyes", "stage", "Live"));
    }

    @Test
    void theNewRowComesBackAndTheChangeCanBeUndone() {
        Visitor leader = people.leader();

        HttpResponse<String> answer = set(leader, "stage", "Renewing", "Live");

        Document row = Jsoup.parse(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(row.select("[data-edit=stage]").attr("data-value")).isEqualTo("Renewing");
        assertThat(row.select("[role=row]").attr("data-words")).isEqualTo("Stage of Kiva GmbH set to Renewing.");
        assertThat(stage()).isEqualTo("Renewing");

        String change = row.select("[role=row]").attr("data-change");
        assertThat(leader.get("/changes").body()).contains("Stage of Kiva GmbH set to Renewing");
        assertThat(leader.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(stage()).isEqualTo("Live");
    }

    @Test
    void whoComesSecondSeesBothValuesAndNothingIsLost() {
        set(people.csm("Ola Nord"), "stage", "Paused", "Live");

        HttpResponse<String> late = set(people.leader(), "stage", "Renewing", "Live");

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(late.body()).text())
                .contains("Ola Nord set this to “Paused”", "You wrote “Renewing”", "Nothing is saved yet");
        assertThat(stage()).isEqualTo("Paused");

        HttpResponse<String> insisted = set(people.leader(), "stage", "Renewing", "Paused");
        assertThat(insisted.statusCode()).isEqualTo(200);
        assertThat(stage()).isEqualTo("Renewing");
    }

    @Test
    void whoWritesTheSameAsTheOtherHasNoConflict() {
        set(people.csm("Ola Nord"), "stage", "Paused", "Live");

        HttpResponse<String> same = set(people.leader(), "stage", "Paused", "Live");

        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(same.body()).select("[role=row]").hasAttr("data-change"))
                .isFalse();
    }

    @Test
    void anOwnerIsMeantByNameOrMailAndShownByName() {
        HttpResponse<String> answer = set(people.leader(), "owner", "ben.carter@perennial.example", "Ana Reyes");

        assertThat(Jsoup.parse(answer.body()).select("[data-edit=owner]").text())
                .isEqualTo("Ben Carter");
    }

    @Test
    void whatIsNotPossibleIsSaidInTheCell() {
        HttpResponse<String> nobody = set(people.leader(), "owner", "Nobody Here", "Ana Reyes");
        HttpResponse<String> noDay = set(people.leader(), "next_step_on", "soon", "");

        assertThat(nobody.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(nobody.body()).select("p.error").text())
                .contains("Nobody in the team is called \"Nobody Here\"");
        assertThat(noDay.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(noDay.body()).select("p.error").text()).contains("Not a day of the calendar");
    }

    @Test
    void clearingACellIsAnEdit() {
        assertThat(set(people.leader(), "stage", "", "Live").statusCode()).isEqualTo(200);
        assertThat(database.sql("select count(*) from accounts.account where stage is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aManagerOfOwnAccountsNeitherSeesOthersNorGivesOwnAway() {
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(set(ben, "stage", "Renewing", "Live").statusCode()).isEqualTo(404);
        HttpResponse<String> away = set(ana, "owner", "Ben Carter", "Ana Reyes");
        assertThat(away.statusCode()).isEqualTo(422);
        assertThat(away.body()).contains("You may not give accounts to somebody else");
        assertThat(set(ana, "stage", "Renewing", "Live").statusCode()).isEqualTo(200);
    }

    @Test
    void whoOnlyReadsHasNoCellsToEdit() {
        Visitor reader = people.reader();

        assertThat(set(reader, "stage", "Gone", "Live").statusCode()).isEqualTo(403);
        assertThat(reader.get("/accounts/rows?offset=0&limit=50").body())
                .contains("Kiva GmbH")
                .doesNotContain("data-edit", "checkbox");
        assertThat(stage()).isEqualTo("Live");
    }

    @Test
    void fieldsThatAreNotOfferedCannotBeSet() {
        assertThat(set(people.leader(), "external_id", "x", "kiva").statusCode())
                .isEqualTo(404);
        assertThat(set(people.leader(), "name", "x", "Kiva GmbH").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> set(Visitor visitor, String field, String value, String seen) {
        UUID account = database.sql("select id from accounts.account where external_id = 'kiva'")
                .query(UUID.class)
                .single();
        return visitor.post(
                "/accounts/" + account + "/cells/" + field + "?columns=name,owner_name,stage,next_step_on",
                Map.of("value", value, "seen", seen));
    }

    private String stage() {
        return database.sql("select stage from accounts.account where external_id = 'kiva'")
                .query(String.class)
                .single();
    }
}
