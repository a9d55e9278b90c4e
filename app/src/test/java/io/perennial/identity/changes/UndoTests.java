package io.perennial.identity.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class UndoTests {

    @Autowired
    People people;

    @Autowired
    Records records;

    @Autowired
    JdbcClient database;

    @Test
    void anAdministratorTakesAChangeBackAndSeesBeforeAndAfter() {
        Visitor admin = people.admin();
        write(admin, "ana", "Ana Reyes");
        write(admin, "ana", "Ana Reyes-Bloom");

        String page = admin.get("/changes").body();
        assertThat(Jsoup.parse(page).select(".diff del").eachText()).contains("Ana Reyes");
        assertThat(Jsoup.parse(page).select(".diff ins").eachText()).contains("Ana Reyes-Bloom");

        assertThat(admin.post("/changes/last/undo", Map.of()).statusCode()).isEqualTo(200);

        assertThat(nameOf("ana")).isEqualTo("Ana Reyes");
        String undone = admin.get("/changes").body();
        assertThat(undone).contains("Undone: Name of ana set", "undone by Grace Hopper");
    }

    @Test
    void aSecondUndoOfTheSameChangeIsRefusedClearly() {
        Visitor admin = people.admin();
        write(admin, "ana", "Ana Reyes");
        write(admin, "ana", "Ana Reyes-Bloom");
        UUID change = latest();
        assertThat(admin.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isEqualTo(200);

        HttpResponse<String> again = admin.post("/changes/" + change + "/undo", Map.of());

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(complaint(again)).isEqualTo("This change was undone already.");
        assertThat(nameOf("ana")).isEqualTo("Ana Reyes");
    }

    @Test
    void aThingThatWasChangedAgainSinceIsLeftAlone() {
        Visitor admin = people.admin();
        write(admin, "ana", "Ana Reyes");
        write(admin, "ana", "Ana Reyes-Bloom");
        UUID change = latest();
        write(admin, "ana", "Ana Bloom");

        HttpResponse<String> refused = admin.post("/changes/" + change + "/undo", Map.of());

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(complaint(refused)).contains("was changed again since");
        assertThat(nameOf("ana")).isEqualTo("Ana Bloom");
    }

    @Test
    void peopleSeeAndUndoOnlyTheirOwnChangesUnlessTheyLead() {
        Visitor admin = people.admin();
        write(admin, "ana", "Ana Reyes");
        write(admin, "ana", "Ana Reyes-Bloom");
        UUID change = latest();
        Visitor csm = people.csm("Ben Okafor");

        assertThat(csm.get("/changes").body()).doesNotContain("Name of ana set");
        assertThat(complaint(csm.post("/changes/" + change + "/undo", Map.of())))
                .startsWith("Only the person");
        assertThat(people.leader().get("/changes").body()).contains("Name of ana set");
        assertThat(complaint(people.leader().post("/changes/" + change + "/undo", Map.of())))
                .isEqualTo("Changes of the team are undone by administrators only.");
        assertThat(nameOf("ana")).isEqualTo("Ana Reyes-Bloom");
    }

    @Test
    void securityEventsOfOthersAreForAdministrators() {
        Visitor admin = people.admin();
        admin.post("/admin/keys", Map.of("name", "CRM sync", "scope", "read"));
        assertThat(admin.get("/changes").body()).contains("API key CRM sync created (read)");
        assertThat(people.leader().get("/changes").body()).doesNotContain("CRM sync created");
    }

    @Test
    void dataAndSecurityAreListedApart() {
        Visitor admin = people.admin();
        write(admin, "ana", "Ana");
        admin.post("/admin/keys", Map.of("name", "CRM sync", "scope", "read"));

        assertThat(listed(admin, "data")).contains("Name of ana set").doesNotContain("CRM sync");
        assertThat(listed(admin, "security")).contains("CRM sync").doesNotContain("Name of ana set");
    }

    private static String listed(Visitor visitor, String about) {
        return Jsoup.parse(visitor.get("/changes?about=" + about).body())
                .select("#changes")
                .text();
    }

    @Test
    void aKeyThatCannotBeMadeKeepsWhatWasTyped() {
        var page = Jsoup.parse(
                people.admin().post("/admin/keys", Map.of("name", "CRM sync")).body());

        assertThat(page.select("#name").val()).isEqualTo("CRM sync");
        assertThat(page.select("[role=alert]").text()).isEqualTo("Choose at least one scope.");
    }

    @Test
    void olderChangesStandOnTheNextPage() {
        Visitor admin = people.admin();
        for (int i = 0; i < RecentChanges.PAGE + 5; i++) {
            write(admin, "ana", "Ana " + i);
        }
        var first = Jsoup.parse(admin.get("/changes").body());
        assertThat(first.select("li[id^=change-]")).hasSize(RecentChanges.PAGE);
        var second =
                Jsoup.parse(admin.get(first.select("a[rel=next]").attr("href")).body());
        assertThat(second.select("li[id^=change-]")).hasSize(5);
        assertThat(second.select("a[rel=next]")).isEmpty();
    }

    @Test
    void deniedAccessIsOnRecord() {
        people.reader().get("/admin/team");
        assertThat(people.admin().get("/changes").body()).contains("Denied to Rita Reader: GET /admin/team");
    }

    private void write(Visitor person, String externalId, String name) {
        RecordType team = records.type("team-members").orElseThrow();
        var outcomes = records.upsert(
                team,
                List.of(new RecordRow(
                        1, externalId, Map.of("name", name, "email", externalId + "@perennial.example"), Map.of())),
                Actor.person(person.id(), person.name()),
                new Records.Write(null, "Name of " + externalId + " set", Records.Formats.ISO));
        assertThat(outcomes.getFirst().problems()).isEmpty();
    }

    private String nameOf(String externalId) {
        return database.sql("select name from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(String.class)
                .single();
    }

    private UUID latest() {
        return database.sql("select id from platform.change where kind = 'records' order by id desc limit 1")
                .query(UUID.class)
                .single();
    }

    private static String complaint(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body()).select("[role=alert]").text();
    }
}
