package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.AccountSearch.Hit;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class AccountSearchTests {

    private static final UUID NADIA = new UUID(7, 1);

    @Autowired
    JdbcClient database;

    @Autowired
    Overview overview;

    @Autowired
    AccountSearch search;

    private final Viewer leader = new Viewer(new UUID(9, 9), "Leader", "leader@example.com", Role.LEADER, true);
    private final Viewer nadia = new Viewer(NADIA, "Nadia", "nadia@example.com", Role.CSM, false);

    @BeforeEach
    void threeCustomersAndTheirPeople() {
        Book book = new Book(database);
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        AccountId velmora = book.account("v-1", "Velmora Insurance");
        book.account("north", "North Harbor Foods");
        overview.refreshAll(LocalDate.of(2026, 11, 24));
        person(harbor, "Mia Okafor", "mia.okafor@harbor.example");
        person(velmora, "Tom Miaros", "tom@velmora.example");
    }

    @Test
    void namesThatBeginWithTheTextComeBeforeThoseThatContainIt() {
        assertThat(titles("harb")).startsWith("Harbor Freight Lines", "North Harbor Foods");
    }

    @Test
    void twoLettersFindBeginnings() {
        assertThat(titles("ve")).containsExactly("Velmora Insurance");
        assertThat(titles("mi")).containsExactly("Mia Okafor");
    }

    @Test
    void anExternalIdIsFoundAsItIs() {
        assertThat(titles("v-1")).containsExactly("Velmora Insurance");
    }

    @Test
    void peopleAreFoundByAnyPartOfNameAndAddress() {
        assertThat(titles("okaf")).containsExactly("Mia Okafor");
        assertThat(titles("mia")).containsExactly("Mia Okafor", "Tom Miaros");
        assertThat(titles("tom@velmora.example")).containsExactly("Tom Miaros");
    }

    @Test
    void fingersThatSlipStillFindTheAccount() {
        assertThat(titles("velmoar")).containsExactly("Velmora Insurance");
    }

    @Test
    void whatStandsInPatternsIsTakenAsItIs() {
        assertThat(titles("%%%")).isEmpty();
        assertThat(titles("har_or")).doesNotContain("Mia Okafor");
    }

    @Test
    void nobodySeesMoreThanTheirPortfolio() {
        assertThat(search.find("harb", nadia)).isEmpty();
        assertThat(search.find("okaf", nadia)).isEmpty();
        assertThat(search.find("velmoar", nadia)).isEmpty();
    }

    private List<String> titles(String text) {
        return search.find(text, leader).stream().map(Hit::title).toList();
    }

    private void person(AccountId account, String name, String email) {
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, created_at, updated_at)
                values (:id, :email, :account, :name, :email, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("name", name)
                .param("email", email)
                .update();
    }
}
