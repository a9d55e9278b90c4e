package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ImportsTests {

    @Autowired
    ImportWorld world;

    @Autowired
    Imports imports;

    @Autowired
    JdbcClient database;

    @Test
    void accountsComeInWithTheirUnknownColumnsAsAttributes() {
        ImportView done = world.bring("accounts", "account_id,name,Customer Tier\nA1,Harbor Freight,gold\nA2,Beta,\n");

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 0, 0));
        assertThat(one("select name from accounts.account where external_id = 'A1'"))
                .isEqualTo("Harbor Freight");
        assertThat(one("select attributes ->> 'customer_tier' from accounts.account where external_id = 'A1'"))
                .isEqualTo("gold");
    }

    @Test
    void bringingAnUnchangedFileAgainWritesNothing() {
        String file = accounts(2_500);
        world.bring("accounts", file);
        String before =
                one("select string_agg(xmin::text || ctid::text, ',' order by external_id) from accounts.account");
        long changes = count("platform.change");

        ImportView again = world.bring("accounts", file);

        assertThat(again.counts()).isEqualTo(new Counts(0, 0, 2_500, 0));
        assertThat(one("select string_agg(xmin::text || ctid::text, ',' order by external_id) from accounts.account"))
                .isEqualTo(before);
        assertThat(count("platform.change")).isEqualTo(changes);
    }

    @Test
    void everyBadRowIsReportedWithItsPhysicalLine() {
        ImportView done = world.bring(
                "accounts",
                "external_id,name,customer_since\nA1,\"Two\nlines\",2024-01-01\nA2,Beta,soon\n,Gamma,2024-01-01\nA4,Delta\n");

        assertThat(done.counts()).isEqualTo(new Counts(1, 0, 0, 3));
        assertThat(world.problems(done))
                .extracting(ImportProblem::line, ImportProblem::column, ImportProblem::value)
                .containsExactly(
                        tuple(4L, "customer_since", "soon"), tuple(5L, "external_id", ""), tuple(6L, "", "A4,Delta"));
    }

    @Test
    void anIdentifierThatContradictsAnEarlierRowIsReportedWithTheLineOfThatRow() {
        ImportView done = world.bring("accounts", "external_id,name\nA1,Acme\nA2,Beta\nA1,Acme\nA1,Other\n");

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 1, 1));
        assertThat(world.problems(done)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("duplicate_external_id");
            assertThat(problem.reason()).contains("line 2");
            assertThat(problem.line()).isEqualTo(5);
        });
    }

    @Test
    void parentsMayStandFarBelowTheirChildren() {
        StringBuilder file = new StringBuilder("external_id,name,parent\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("C").append(i).append(",Child ").append(i).append(",P1\n");
        }
        file.append("P1,Parent,G1\n").append("x,Filler,\n".repeat(1)).append("N1,Nobody's,missing\n");
        for (int i = 0; i < 1_000; i++) {
            file.append("F").append(i).append(",Filler,\n");
        }
        file.append("G1,Grandparent,\n");

        ImportView done = world.bring("accounts", file.toString());

        assertThat(done.counts()).isEqualTo(new Counts(2_203, 0, 0, 1));
        assertThat(world.problems(done)).extracting(ImportProblem::value).containsExactly("missing");
        assertThat(count("accounts.account where parent_id is not null")).isEqualTo(1_201);
    }

    @Test
    void aTemplateMakesAnIdentifierOfSeveralColumns() {
        ImportView done = world.bring(
                "accounts", "id,region code,label\n1,EU,Acme\n1,US,Acme Inc.\n", ImportOptions.mapping("""
                        columns: {external_id: "{region code}-{id}", name: label}
                        constants: {segment: enterprise}
                        ignore: ["*"]
                        """));

        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 0, 0));
        assertThat(database.sql("select external_id || ' ' || segment || attributes from accounts.account order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("EU-1 enterprise{}", "US-1 enterprise{}");
    }

    @Test
    void aMappingIsRememberedForFilesWithTheSameColumns() {
        world.bring(
                "accounts",
                "kd nr,firma\n1,Acme\n",
                ImportOptions.mapping("columns: {external_id: kd nr, name: firma}"));

        ImportView next = world.receive("accounts", "firma,kd nr\nBeta,2\n");

        assertThat(next.questions()).isEmpty();
        assertThat(next.mapping().columns()).containsEntry("name", "firma").containsEntry("external_id", "kd nr");
    }

    @Test
    void aFieldThatMayNotBeImportedIsRefusedByName() {
        for (String field : List.of("password_hash", "role", "tenant_id", "id", "version")) {
            assertThatThrownBy(() -> world.bring(
                            "accounts",
                            "external_id,name,x\nA1,Acme,ADMIN\n",
                            ImportOptions.mapping("columns: {external_id: external_id, name: name, " + field + ": x}")))
                    .isInstanceOf(MappingProblem.class)
                    .hasMessageContaining(field);
        }
    }

    @Test
    void thePreviewTellsOutcomesAndWritesNothing() {
        world.bring("accounts", "external_id,name\nA1,Acme\nA2,Beta\n");
        ImportView open = world.receive("accounts", "external_id,name\nA1,Acme\nA2,Beta Ltd\nA3,Gamma\n,None\n");

        ImportPreview preview = imports.preview(open.id(), Actor.SYSTEM);

        assertThat(preview.rows())
                .extracting(ImportPreview.Row::outcome)
                .containsExactly("unchanged", "changed", "created", "problem");
        assertThat(count("accounts.account")).isEqualTo(2);
    }

    static String accounts(int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(i -> "A" + i + ",Account " + i + ",Logistics,tier " + i % 3)
                .collect(Collectors.joining("\n", "external_id,name,industry,tier\n", "\n"));
    }

    private String one(String sql) {
        return database.sql(sql).query(String.class).single();
    }

    private long count(String from) {
        return database.sql("select count(*) from " + from).query(Long.class).single();
    }
}
