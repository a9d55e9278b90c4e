package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What contracts agree for later comes in with them. */
@PerennialTest
class ContractTermsTests {

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private Visitor program;

    @BeforeEach
    void harborFreightIsACustomer() {
        new Book(database).account("harbor", "Harbor Freight Lines");
        program = people.program("read", "write");
    }

    @Test
    void aContractSaysWhichOneItReplacesInTheSameDelivery() {
        HttpResponse<String> reply = program.json("POST", "/api/v1/contracts/bulk", """
                {"items": [
                    {"external_id": "harbor-2027", "account": "harbor", "replaces": "harbor-2026"},
                    {"external_id": "harbor-2026", "account": "harbor", "auto_renew": true, "renewal_months": 12}]}
                """);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(program.get("/api/v1/contracts/harbor-2027").body())
                .contains("\"replaces\":\"harbor-2026\"", "\"renewal_months\":null");
        assertThat(program.get("/api/v1/contracts/harbor-2026").body()).contains("\"renewal_months\":12");
        assertThat(program.json("PUT", "/api/v1/contracts/harbor-2026", """
                {"replaces": "harbor-2027"}""").body())
                .contains("circular_reference");
    }

    @Test
    void anUpliftInPerCentIsRefusedBecauseItIsAShare() {
        HttpResponse<String> refused = program.json("PUT", "/api/v1/contract-lines/l-1", """
                {"account": "harbor", "product": "Planner", "amount": 100, "currency": "EUR",
                    "starts_on": "2026-01-01", "uplift": 5}""");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("uplift_is_a_share");
        program.json("PUT", "/api/v1/contract-lines/l-1", """
                {"account": "harbor", "product": "Planner", "amount": 100, "currency": "EUR",
                    "starts_on": "2026-01-01", "uplift": 0.05, "escalator": 0.03}""");
        assertThat(program.get("/api/v1/contract-lines/l-1").body()).contains("\"uplift\":0.05", "\"escalator\":0.03");
    }
}
