package io.perennial.accounts.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.list.Portfolio.Move;
import io.perennial.accounts.list.Portfolio.Week;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What memory adds up by health. */
@PerennialTest
class PortfolioTests {

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    GoneAccounts gone;

    @Autowired
    MovableClock clock;

    private final Viewer leader = new Viewer(new UUID(9, 9), "Leader", "leader@example.com", Role.LEADER, true);
    private Portfolio portfolio;
    private AccountList list;

    @BeforeEach
    void oneCustomerAtRiskAndOneWhoLeft() {
        account("kiva", "AT_RISK", "AT_RISK", null);
        account("oslo", "AT_RISK", "LEFT", "2026-11-01");
        Roster roster = new Roster(database, transactions, clock, gone, 1);
        roster.load();
        portfolio = new Portfolio(roster);
        list = new AccountList(database, roster, clock);
    }

    @Test
    void whoLeftMovedThereAndIsAtRiskNoMore() {
        assertThat(portfolio.moves(leader).orElseThrow())
                .extracting(move -> move.before() + " to " + move.now() + " " + move.accounts())
                .containsExactlyInAnyOrder("AT_RISK to AT_RISK 1", "AT_RISK to LEFT 1");
        assertThat(portfolio.moves(leader).orElseThrow())
                .filteredOn(move -> "AT_RISK".equals(move.now()))
                .extracting(Move::accounts)
                .containsExactly(1L);
    }

    @Test
    void whoLeftIsFoundAndLeftOutInMemoryAsInTheDatabase() {
        assertThat(names("left_on:filled")).containsExactly("oslo");
        assertThat(names("band:not:LEFT")).containsExactly("kiva");
        assertThat(names("left_on:over:2026-10-31")).containsExactly("oslo");
    }

    @Test
    void weeksAreCountedByTheBandOfTheirTimeAndWithoutWhoHadLeft() {
        weeks("kiva", HealthWeek.healthy(88), HealthWeek.atRisk(88));
        weeks("oslo", HealthWeek.watch(46), HealthWeek.LEFT);
        account("new", "UNKNOWN", "UNKNOWN", null);
        weeks("new", (short) 69, HealthWeek.UNKNOWN);

        List<Week> weeks = portfolio.weeks(leader).orElseThrow();

        assertThat(weeks).hasSize(13);
        assertThat(weeks.get(11)).isEqualTo(new Week(1, 1, 2, 0, 0));
        assertThat(weeks.get(12)).isEqualTo(new Week(0, 0, 0, 1, 1));
    }

    @Test
    void aSparklineShowsScoresWhateverTheBand() {
        weeks("kiva", HealthWeek.healthy(100), HealthWeek.atRisk(88));
        weeks("oslo", HealthWeek.watch(0), HealthWeek.LEFT);

        assertThat(list.rows(ListView.parse(null, List.of(), "name", null, null), leader, 0, 10))
                .extracting(AccountRow::spark)
                .containsExactly(new short[] {100, 88}, new short[] {0, -1});
    }

    private void weeks(String account, short... kept) {
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), spark = cast(:kept as smallint[]) where external_id = :account")
                .param("kept", kept)
                .param("account", account)
                .update();
    }

    private List<String> names(String filter) {
        return list.rows(ListView.parse(null, List.of(filter), "name", null, null), leader, 0, 10).stream()
                .map(row -> row.text(ListColumn.NAME))
                .toList();
    }

    private void account(String name, String before, String now, @org.jspecify.annotations.Nullable String leftOn) {
        AccountId account = new Book(database).account(name, name);
        database.sql("""
                insert into accounts.overview (account_id, external_id, name, band_before, band, left_on)
                values (:id, :name, :name, :before, :now, cast(:left as date))
                """)
                .param("id", account.value())
                .param("name", name)
                .param("before", before)
                .param("now", now)
                .param("left", leftOn)
                .update();
    }
}
