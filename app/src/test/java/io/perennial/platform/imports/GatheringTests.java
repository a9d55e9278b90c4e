package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.world.PerennialTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of a log become records, rows that nobody wants stay out, and what is odd is told. */
@PerennialTest
class GatheringTests {

    private static final String CASES = """
            gather: external_id
            date: dd/MM/yyyy HH:mm
            columns:
              external_id: ticket
              account: customer
              opened_at: first(time)
              resolved_at: last(time) where step = solved | solved again
              reopened: again() where step = solved | solved again
              waits: count() where step = waiting
              priority: level
            """;

    @Autowired
    ImportWorld world;

    @Autowired
    Imports imports;

    @Autowired
    Findings findings;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void customers() {
        world.bring("accounts", "external_id,name,customer_since\nA1,Acme,2026-03-01\nA2,Beta,\n");
    }

    @Test
    void rowsOfOneTicketAreOneCaseWhereverTheyStand() {
        ImportView done = world.bring("cases", """
                ticket,customer,time,step,level
                T1,A1,03/03/2026 09:00,opened,P2
                T2,A2,04/03/2026 10:00,opened,normal
                T1,A1,05/03/2026 09:00,solved again,P1
                T1,A1,04/03/2026 09:00,solved,
                T1,A1,04/03/2026 08:00,waiting,P2
                """, ImportOptions.mapping(CASES));

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 0, 0, 3, 0));
        assertThat(database.sql("""
                select concat_ws(' ', external_id, opened_at at time zone 'UTC', resolved_at at time zone 'UTC',
                    reopened, waits, priority) from cases.support_case order by 1
                """).query(String.class).list())
                .containsExactly(
                        "T1 2026-03-03 09:00:00 2026-03-05 09:00:00 1 1 high", "T2 2026-03-04 10:00:00 0 0 medium");
        assertThat(findings.remarks(done.id()))
                .singleElement()
                .satisfies(remark -> assertThat(remark.code() + " " + remark.column() + " " + remark.firstValue())
                        .isEqualTo("differing level T1"));
    }

    @Test
    void aRowThatCannotBeReadKeepsItsWholeRecordOutAndIsNamed() {
        ImportView done = world.bring("cases", """
                ticket,customer,time,step,level
                T1,A1,03/03/2026 09:00,opened,
                T1,A1,soon,solved,
                ,A1,03/03/2026 09:00,opened,
                T2,A2,04/03/2026 10:00,opened,
                """, ImportOptions.mapping(CASES));

        assertThat(done.counts()).isEqualTo(new Counts(1, 0, 0, 2, 1, 0));
        assertThat(world.problems(done))
                .extracting(problem -> problem.line() + " " + problem.column() + " " + problem.value())
                .containsExactly("3 time soon", "4 ticket ");
    }

    @Test
    void amountsAreAddedUpPerDayAndRowsOutsideAreLeftOut() {
        ImportView done = world.bring("usage", """
                who;what;at;worth
                A1;export;2026-03-02 08:00:00;1,5
                A1;export;2026-03-02 19:00:00;2,25
                A1;export;2026-03-03 08:00:00;
                A1;probe;2026-03-03 08:00:00;9
                """, ImportOptions.mapping("""
                        gather: [account, feature, day]
                        only: {what: [Export, Report]}
                        decimal: ","
                        delimiter: ;
                        columns: {account: who, feature: what, day: at, events: count(), value: sum(worth)}
                        """));

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 0, 0, 1, 1));
        assertThat(database.sql("select concat_ws(' ', day, events, value) from usage.daily order by day")
                        .query(String.class)
                        .list())
                .containsExactly("2026-03-02 2 3.75", "2026-03-03 1");
    }

    @Test
    void aSummaryNeedsToKnowWhichRowsBelongTogether() {
        assertThatThrownBy(() -> world.bring(
                        "accounts",
                        "id,name\n1,Acme\n",
                        ImportOptions.mapping("columns: {external_id: id, name: first(name)}")))
                .isInstanceOf(MappingProblem.class)
                .hasMessageContaining("gather");
        assertThatThrownBy(() -> world.bring(
                        "accounts",
                        "id,name\n1,Acme\n",
                        ImportOptions.mapping("{gather: country, columns: {external_id: id, name: name}}")))
                .isInstanceOf(MappingProblem.class)
                .hasMessageContaining("country");
    }

    @Test
    void thePreviewShowsRecordsRatherThanRows() {
        ImportView open = world.receive("cases", """
                ticket,customer,time,step,level
                T1,A1,03/03/2026 09:00,opened,
                T1,A1,04/03/2026 09:00,solved,
                T2,A2,04/03/2026 10:00,opened,urgent please
                """.getBytes(StandardCharsets.UTF_8), ImportOptions.mapping(CASES));

        assertThat(imports.preview(open.id(), io.perennial.shared.Actor.SYSTEM).rows())
                .extracting(row -> row.line() + " " + row.outcome())
                .containsExactly("2 created", "4 problem");
    }

    @Test
    void usageIdsThatRepeatAreToldAndNothingIsLost() {
        ImportView done = world.bring("usage", """
                id,account,day,events,beta
                U1,A1,2026-02-01,5,yes
                U1,A2,2026-02-01,7,
                U1,A2,2026-02-01,7,
                U1,A2,2026-02-01,8,
                """);

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 1, 1));
        assertThat(findings.remarks(done.id()))
                .extracting(remark -> remark.code() + " " + remark.rows() + " " + remark.firstLine())
                .containsExactlyInAnyOrder("repeated_identifier 1 3", "before_customer 1 2");
        assertThat(database.sql("select attributes ->> 'beta' from usage.daily where attributes is not null")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of("yes"));
    }

    @Test
    void rowsWithoutIdentifierThatSayTheSameDayTwiceAreRefusedAcrossBatches() {
        StringBuilder file = new StringBuilder("account,day,feature,events\n");
        for (int i = 0; i < 1_500; i++) {
            file.append("A1,2026-03-02,f").append(i).append(",1\n");
        }
        file.append("A1,2026-03-02,f7,2\n");

        ImportView done = world.bring("usage", file.toString());

        assertThat(done.counts()).isEqualTo(new Counts(1_500, 0, 0, 1));
        assertThat(world.problems(done)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(1_502);
            assertThat(problem.reason()).contains("Line 9 ");
        });
    }

    @Test
    void aColumnThatOnlySharesItsNameWithAChoiceBecomesAnAttribute() {
        ImportView open = world.receive(
                "contract-lines", "id,account,kind,product,currency,starts_on\nL1,A1,add_on,Search,USD,2026-01-01\n");

        assertThat(open.mapping().columns()).doesNotContainKey("kind").containsEntry("product", "product");
        assertThat(world.run(open).counts()).isEqualTo(new Counts(1, 0, 0, 0));
        assertThat(database.sql("select attributes ->> 'kind' from contracts.contract_line")
                        .query(String.class)
                        .single())
                .isEqualTo("add_on");
    }

    @Test
    void translationsIgnoreLetterCase() {
        world.bring(
                "cases",
                "id,account,opened_at,heat\n1,A2,2026-03-02,Burning\n2,A2,2026-03-02,mild\n",
                ImportOptions.mapping("""
                        columns: {external_id: id, account: account, opened_at: opened_at, priority: heat}
                        values: {priority: {burning: p1, "*": p3}}
                        """));

        assertThat(database.sql("select priority from cases.support_case order by external_id")
                        .query(String.class)
                        .list())
                .containsExactly("urgent", "medium");
    }
}
