package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A time sheet that counts hours of experts. */
@PerennialTest
class ProgramApiTests {

    private static final String DRAWS = "/api/v1/accounts/harbor/entitlements";

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Entitlements entitlements;

    @Autowired
    People people;

    AccountId harbor;
    Visitor timeSheet;

    @BeforeEach
    void harborBoughtPremier() {
        harbor = new Book(database).account("harbor", "Harbor Freight");
        Shelf shelf = new Shelf(catalogue, publishing, records);
        shelf.publish(
                "Premier",
                Shelf.offer(
                        Shelf.worth(150, Shelf.unit("expert-hours", 10, Rule.WARN)),
                        Shelf.unit("reviews", 1, Rule.APPROVAL)));
        shelf.contract("c-1", "harbor", "premier", "2026-06-01", "2027-06-01");
        timeSheet = people.program("read", "write");
    }

    @Test
    void programsAreToldWithPriceTimesUnitsAndWorth() {
        JsonNode premier =
                json(timeSheet.get("/api/v1/programs")).path("programs").get(0);

        assertThat(premier.path("key").asString()).isEqualTo("premier");
        assertThat(premier.path("price").decimalValue()).isEqualByComparingTo("6000");
        assertThat(premier.path("worth").decimalValue()).isEqualByComparingTo("9000");
        assertThat(premier.path("targets").get(0).path("firstResponseMinutes").asInt())
                .isEqualTo(120);
        assertThat(premier.path("units").get(0).path("worth").decimalValue()).isEqualByComparingTo("150");
        assertThat(premier.path("units").get(1).path("rule").asString()).isEqualTo("approval");
    }

    @Test
    void hoursAreCountedOnceUntilTheRuleSaysOtherwise() {
        Map<String, String> once = Map.of("Idempotency-Key", "sheet-7", "Content-Type", "application/json");
        String hours = "{\"unit\":\"expert-hours\",\"amount\":4,\"purpose\":\"Workshop\"}";
        HttpResponse<String> first = timeSheet.send("POST", DRAWS, BodyPublishers.ofString(hours), once);
        HttpResponse<String> again = timeSheet.send("POST", DRAWS, BodyPublishers.ofString(hours), once);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(json(first).path("sentence").asString()).contains("6 of 10 expert hours");
        JsonNode program = json(timeSheet.get("/api/v1/accounts/harbor/program"));
        assertThat(program.path("program").asString()).isEqualTo("Premier");
        assertThat(program.path("balances").get(0).path("left").decimalValue()).isEqualByComparingTo("6");

        JsonNode beyond =
                json(timeSheet.json("POST", DRAWS, "{\"unit\":\"expert-hours\",\"amount\":7.5,\"purpose\":\"More\"}"));
        assertThat(beyond.path("rule").asString()).isEqualTo("warn");
        assertThat(beyond.path("left").decimalValue()).isEqualByComparingTo("-1.5");
    }

    @Test
    void whatNeedsApprovalUsesNothingAndSaysWhy() {
        HttpResponse<String> answer =
                timeSheet.json("POST", DRAWS, "{\"unit\":\"reviews\",\"amount\":2,\"purpose\":\"Two at once\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("/problems/needs-approval", "1 of 1 reviews", "Somebody has to approve it");
        assertThat(entitlements.balances(harbor, LocalDate.of(2026, 11, 24)))
                .allSatisfy(balance -> assertThat(balance.used()).isZero());
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String wrong : List.of(
                "{\"amount\":2,\"purpose\":\"x\"}",
                "{\"unit\":\"reviews\",\"amount\":-1,\"purpose\":\"x\"}",
                "{\"unit\":\"reviews\",\"amount\":1}",
                "{\"unit\":\"reviews\",\"amount\":1e30,\"purpose\":\"x\"}",
                "{\"unit\":\"a\\u0000b\",\"amount\":1,\"purpose\":\"x\"}")) {
            assertThat(timeSheet.json("POST", DRAWS, wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(timeSheet.get("/api/v1/accounts/nobody/program").statusCode())
                .isEqualTo(404);
        assertThat(people.program("read")
                        .json("POST", DRAWS, "{\"unit\":\"reviews\",\"amount\":1,\"purpose\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
