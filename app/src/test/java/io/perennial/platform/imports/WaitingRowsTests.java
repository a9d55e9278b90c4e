package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files come in any order: what names somebody who is not here yet comes in when they are. */
@PerennialTest
class WaitingRowsTests {

    @Autowired
    ImportWorld world;

    @Autowired
    WaitingRows waiting;

    @Autowired
    Findings findings;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private String owners() {
        return database.sql("""
                select coalesce(string_agg(a.external_id || ' ' || m.name, ', ' order by a.external_id), '')
                from accounts.account a join identity.team_member m on m.id = a.owner_id
                """).query(String.class).single();
    }

    private void settle() {
        waiting.settle().forEach(world::finished);
    }

    @Test
    void anAccountWaitsForTheColleagueWhoseAddressItNames() {
        ImportView accounts = world.bring("accounts", """
                external_id,name,owner
                harbor,Harbor Freight,Kim.Vale@Lumenworks.example
                ferry,Oslo Ferry,lou@lumenworks.example
                """);
        assertThat(accounts.counts().withProblems()).isEqualTo(2);
        assertThat(findings.waiting(accounts.id())).isEqualTo("2 rows wait for team members");
        settle();
        assertThat(owners()).isEmpty();

        world.bring("team-members", """
                external_id,name,email
                tm-7,Kim Vale,kim.vale@lumenworks.example
                """);
        settle();

        assertThat(owners()).isEqualTo("harbor Kim Vale");
        assertThat(findings.waiting(accounts.id())).isEqualTo("1 row waits for team members");
    }

    @Test
    void aColleagueWhoIsAddedByHandIsWaitedForToo() {
        ImportView accounts = world.bring("accounts", """
                external_id,name,owner
                harbor,Harbor Freight,kim.vale@perennial.example
                """);

        people.member("Kim Vale", Role.CSM, true);
        settle();

        assertThat(owners()).isEqualTo("harbor Kim Vale");
        assertThat(findings.waiting(accounts.id())).isEmpty();
    }

    @Test
    void anAddressThatNamesNobodyForCertainIsNotWaitedForAsOne() {
        world.bring("accounts", """
                external_id,name
                harbor,Harbor Freight
                """);
        ImportView touchpoints = world.bring("touchpoints", """
                external_id,account,contact,at,kind
                t1,harbor,mia@harbor.example,2026-11-20T10:00:00Z,call
                """);
        world.bring("contacts", """
                external_id,account,name,email
                p1,harbor,Mia Okafor,mia@harbor.example
                """);
        settle();

        assertThat(database.sql("select count(*) from engagement.touchpoint")
                        .query(Long.class)
                        .single())
                .as("two contacts may share an address")
                .isZero();
        assertThat(findings.waiting(touchpoints.id())).isEqualTo("1 row waits for contacts");
    }

    @Test
    void aLineThatNamesItsContractNeedsNoAccount() {
        world.bring("accounts", "external_id,name\nharbor,Harbor Freight\nferry,Oslo Ferry\n");
        world.bring("contracts", "external_id,account\nc-1,harbor\n");
        ImportView lines = world.bring("contract-lines", """
                external_id,contract,product,currency,starts_on,amount
                l-1,c-1,Planner,EUR,2026-01-01,10
                l-2,,Planner,EUR,2026-01-01,10
                """);

        assertThat(lines.counts().created()).isEqualTo(1);
        assertThat(world.problems(lines))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("required"));
        assertThat(database.sql("""
                        select a.external_id from contracts.contract_line l join accounts.account a on a.id = l.account_id
                        """).query(String.class).list()).containsExactly("harbor");
    }

    @Test
    void amountsInTheSmallestUnitAreReadByTheirCurrency() {
        world.bring("accounts", "external_id,name\nharbor,Harbor Freight\n");
        ImportView lines = world.bring("contract-lines", """
                id,price,money
                l-1,1999,usd
                l-2,1999,JPY
                l-3,1999,BHD
                l-4,19.99,usd
                l-5,many,usd
                l-6,1999,xyz
                """, ImportOptions.mapping("""
                columns: {external_id: id, amount: "{price:cents money}", currency: money}
                constants: {account: harbor, product: Planner, starts_on: 2026-01-01}
                """));

        assertThat(database.sql(
                                "select external_id || ' ' || trim_scale(amount) from contracts.contract_line order by external_id")
                        .query(String.class)
                        .list())
                .containsExactly("l-1 19.99", "l-2 1999", "l-3 1.999");
        assertThat(lines.counts().withProblems())
                .as("a tenth of a cent, a word, no currency")
                .isEqualTo(3);
    }
}
