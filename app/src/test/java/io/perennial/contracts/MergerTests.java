package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Harbor bought Northern Quays: two accounts are one customer. */
@PerennialTest
class MergerTests {

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private AccountId harbor;
    private AccountId quays;
    private Visitor lin;
    private String form;

    @BeforeEach
    void twoAccountsThatAreOneCustomer() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight");
        quays = book.account("quays", "Northern Quays");
        book.line(harbor, "12000", "2026-01-01").per("year").until("2027-01-01").add();
        book.line(quays, "3000", "2026-01-01").per("year").until("2027-01-01").add();
        lin = people.leader();
        form = "/accounts/" + quays + "/merger";
    }

    @Test
    void whatHappensIsShownBeforeAndUndoneAfter() {
        assertThat(lin.get("/accounts/" + quays + "?tab=contracts").body()).contains(form);
        assertThat(lin.get(form + "?q=harb").body())
                .contains("Harbor Freight", "into=" + harbor)
                .doesNotContain("into=" + quays);
        assertThat(lin.get(form + "?q=nobody").body()).contains("No account of that name");
        assertThat(lin.get(form + "?into=" + harbor).body())
                .contains(
                        "Northern Quays becomes part of Harbor Freight", "3,000", "12,000", "15,000", "can be undone");

        assertThat(lin.post(form, Map.of("into", harbor.toString(), "day", "2026-11-01", "note", "Bought"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(annual(harbor)).isEqualTo("15000");
        assertThat(lin.get("/accounts/" + quays + "?tab=contracts").body())
                .contains("Became part of Harbor Freight", "Undo")
                .doesNotContain(form);

        String change = database.sql(
                        "select change_id::text from platform.change_row where thing_type = 'account-mergers'")
                .query(String.class)
                .single();
        lin.post("/changes/" + change + "/undo", Map.of());
        assertThat(annual(harbor)).isEqualTo("12000");
        assertThat(annual(quays)).isEqualTo("3000");
    }

    @Test
    void whatCannotBeOneCustomerIsRefusedInASentence() {
        Map<String, String> into = Map.of("into", harbor.toString(), "day", "2026-11-01");
        assertThat(lin.post(form, Map.of("into", quays.toString(), "day", "2026-11-01"))
                        .body())
                .contains("part of itself already");
        assertThat(lin.post(form, Map.of("into", harbor.toString(), "day", "soon"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(lin.post(form, Map.of("into", UUID.randomUUID().toString(), "day", "2026-11-01"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.csm("Ana Reyes").post(form, into).statusCode()).isEqualTo(403);
        assertThat(people.csm("Ben Cole").get(form + "?into=" + harbor).body())
                .contains("A leader or administrator does this");
        assertThat(people.csmWithOwnAccounts("Cleo Fox").get(form).statusCode()).isEqualTo(404);

        lin.post(form, into);
        assertThat(lin.post(form, into).body()).contains("part of another account already");
        assertThat(lin.post("/accounts/" + harbor + "/merger", Map.of("into", quays.toString(), "day", "2026-11-01"))
                        .body())
                .contains("Choose the one that it became part of");
    }

    private String annual(AccountId account) {
        return database.sql("""
                select coalesce(trim_scale(sum(annual)), 0)::text from contracts.revenue
                where account_id = :id and from_day <= '2026-11-24' and until_day > '2026-11-24'
                """)
                .param("id", account.value())
                .query(String.class)
                .single();
    }
}
