package io.perennial.platform.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
@Import(SampleCompany.class)
class RecordsTests {

    @Autowired
    Records records;

    @Autowired
    JdbcClient database;

    @Autowired
    RecordUndo undo;

    @Autowired
    TransactionTemplate transaction;

    RecordType samples;

    @BeforeEach
    void findsTheSamples() {
        samples = records.type("samples").orElseThrow();
    }

    @Test
    void newRecordsAreCreatedAndEqualOnesLeftAlone() {
        RecordRow row = row("s-1", Map.of("name", "Acme", "amount", "12.50", "currency", "usd", "roles", "buyer|user"));

        assertThat(write(row)).extracting(RowOutcome::result).containsExactly(Result.CREATED);
        assertThat(write(row)).extracting(RowOutcome::result).containsExactly(Result.UNCHANGED);

        assertThat(find("s-1"))
                .containsEntry("currency", "USD")
                .containsEntry("roles", List.of("buyer", "user"))
                .containsEntry("seats", 1L)
                .containsEntry("version", 1);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    void absentColumnsKeepTheirValueAndNullsClear() {
        write(row("s-1", Map.of("name", "Acme", "stage", "Live", "zone", "europe/berlin", "seats", 5)));
        Map<String, @Nullable Object> clearing = new LinkedHashMap<>();
        clearing.put("zone", null);
        clearing.put("seats", null);

        assertThat(write(row("s-1", clearing))).extracting(RowOutcome::result).containsExactly(Result.UPDATED);

        assertThat(find("s-1"))
                .containsEntry("stage", "live")
                .containsEntry("zone", null)
                .containsEntry("seats", 1L)
                .containsEntry("version", 2);
    }

    @Test
    void unknownColumnsBecomeAttributesAndNullRemovesThem() {
        write(row("s-1", Map.of("name", "Acme", "Favourite colour", "blue", "size", 3)));
        Map<String, @Nullable Object> next = new LinkedHashMap<>();
        next.put("size", null);
        write(row("s-1", next));

        assertThat(String.valueOf(find("s-1").get("attributes"))).isEqualTo("{\"Favourite colour\":\"blue\"}");
    }

    @Test
    void columnsThatAreNotDeclaredCannotBeReached() {
        assertThat(problems(write(row("s-1", Map.of("name", "Acme", "secret", "x")))))
                .extracting(Problem::code)
                .containsExactly("protected_column");
    }

    @Test
    void parentsAndChildrenComeInOneBatchInAnyOrder() {
        List<RowOutcome> outcomes = write(
                row("child", Map.of("name", "Child", "parent", "top")),
                row("top", Map.of("name", "Top")),
                row("orphan", Map.of("name", "Orphan", "parent", "nobody")));

        assertThat(outcomes)
                .extracting(RowOutcome::result)
                .containsExactly(Result.CREATED, Result.CREATED, Result.INVALID);
        assertThat(problems(outcomes)).extracting(Problem::code).containsExactly("unknown_reference");
        assertThat(find("child")).containsEntry("parent", "top");
    }

    @Test
    void whoBelongsToAnInvalidRowIsInvalidToo() {
        List<RowOutcome> outcomes = write(
                row("top", Map.of("name", "Top", "zone", "Mars/Base")),
                row("child", Map.of("name", "C", "parent", "top")));

        assertThat(problems(outcomes)).extracting(Problem::code).containsExactly("unknown_zone", "unknown_reference");
    }

    @Test
    void nobodyIsTheirOwnAncestor() {
        write(row("a", Map.of("name", "A")), row("b", Map.of("name", "B", "parent", "a")));

        assertThat(problems(write(row("a", Map.of("parent", "b")))))
                .extracting(Problem::code)
                .containsExactly("circular_reference");
        assertThat(problems(write(row("a", Map.of("parent", "a")))))
                .extracting(Problem::code)
                .containsExactly("points_to_itself");
        Map<String, @Nullable Object> free = new LinkedHashMap<>();
        free.put("parent", null);
        assertThat(write(row("b", free), row("a", Map.of("parent", "b"))))
                .extracting(RowOutcome::result)
                .containsExactly(Result.UPDATED, Result.UPDATED);
    }

    @Test
    void theSameIdTwiceInABatchIsFineOnlyWhenItSaysTheSame() {
        List<RowOutcome> outcomes = write(
                row("s-1", Map.of("name", "Acme")),
                row("s-1", Map.of("name", "Acme")),
                row("s-1", Map.of("name", "Other")));

        assertThat(outcomes)
                .extracting(RowOutcome::result)
                .containsExactly(Result.CREATED, Result.UNCHANGED, Result.INVALID);
        assertThat(problems(outcomes)).extracting(Problem::code).containsExactly("duplicate_in_batch");
    }

    @Test
    void idsThatDifferInLetterCaseAreDifferentRecords() {
        assertThat(write(
                        row("I", Map.of("name", "İstanbul")),
                        row("i", Map.of("name", "ISTANBUL")),
                        row("ß", Map.of("name", "SS"))))
                .extracting(RowOutcome::result)
                .containsOnly(Result.CREATED);
    }

    @Test
    void decimalsFitTheCurrencyOfTheRecordEvenWhenOnlyOneOfBothChanges() {
        List<RowOutcome> outcomes = write(
                row("1", Map.of("name", "A", "amount", "12.345", "currency", "USD")),
                row("2", Map.of("name", "B", "amount", "100.50", "currency", "JPY")),
                row("3", Map.of("name", "C", "amount", "1.2345", "currency", "BHD")),
                row("4", Map.of("name", "D", "amount", "1.234", "currency", "BHD")));
        assertThat(problems(outcomes))
                .extracting(Problem::code)
                .containsOnly("too_many_decimals")
                .hasSize(3);

        assertThat(problems(write(row("4", Map.of("currency", "EUR")))))
                .extracting(Problem::column)
                .containsExactly("amount");
        assertThat(problems(write(row("4", Map.of("amount", "1.2345")))))
                .extracting(Problem::code)
                .containsExactly("too_many_decimals");
    }

    @Test
    void aRuleOfTheDatabaseRefusesOnlyTheRowsAtFault() {
        List<RecordRow> rows = new ArrayList<>();
        IntStream.range(0, 50)
                .forEach(i -> rows.add(row("s-" + i, Map.of("name", "N" + i, "code", i == 33 ? "c-7" : "c-" + i))));

        List<RowOutcome> outcomes = write(rows.toArray(RecordRow[]::new));

        assertThat(problems(outcomes)).extracting(Problem::code).containsExactly("not_unique");
        assertThat(outcomes).filteredOn(o -> o.result() == Result.CREATED).hasSize(49);
    }

    @Test
    void aRecordHoldsABoundedNumberOfAttributes() {
        Map<String, Object> many = new LinkedHashMap<>(Map.of("name", "Acme"));
        IntStream.range(0, 150).forEach(i -> many.put("a" + i, "x"));
        write(row("s-1", many));
        Map<String, Object> more = new LinkedHashMap<>();
        IntStream.range(0, 60).forEach(i -> more.put("b" + i, "x"));

        assertThat(problems(write(row("s-1", more)))).extracting(Problem::code).containsExactly("too_many_attributes");
    }

    @Test
    void undoBringsOldValuesBackAndLeavesAloneWhatChangedSince() {
        write(row("s-1", Map.of("name", "Acme", "seats", 1, "colour", "red")), row("s-2", Map.of("name", "Bolt")));
        write(
                row("s-1", Map.of("name", "Acme Inc", "colour", "blue", "size", 1)),
                row("s-2", Map.of("name", "Bolt Ltd")));
        List<ChangedThing> second = lastChange();
        write(row("s-2", Map.of("name", "Bolt GmbH")), row("s-1", Map.of("seats", 7)));

        Undoable.UndoResult result = undo(second);

        assertThat(result.restored()).isEqualTo(1);
        assertThat(result.leftAlone()).singleElement().asString().contains("changed again");
        assertThat(find("s-1")).containsEntry("name", "Acme").containsEntry("seats", 7L);
        assertThat(String.valueOf(find("s-1").get("attributes"))).isEqualTo("{\"colour\":\"red\"}");
        assertThat(find("s-2")).containsEntry("name", "Bolt GmbH");
    }

    @Test
    void undoDeletesWhatWasCreatedUnlessSomethingDependsOnIt() {
        write(
                row("top", Map.of("name", "Top")),
                row("in", Map.of("name", "In", "parent", "top")),
                row("x", Map.of("name", "X")));
        List<ChangedThing> first = lastChange();
        write(row("late", Map.of("name", "Late", "parent", "x")));

        Undoable.UndoResult result = undo(first);

        assertThat(result.restored()).isEqualTo(2);
        assertThat(result.leftAlone()).containsExactly("Samples x is in use by samples");
        assertThat(records.find(samples, "top")).isEmpty();
        assertThat(records.find(samples, "x")).isPresent();
    }

    @Test
    void fiveThousandRowsTakeLittleTime() {
        RecordRow[] rows = IntStream.range(0, 5_000)
                .mapToObj(i -> row(
                        "s-" + i,
                        Map.of(
                                "name",
                                "Name " + i,
                                "amount",
                                "12.50",
                                "currency",
                                "USD",
                                "starts_on",
                                "2026-01-01",
                                "roles",
                                "a|b",
                                "colour",
                                "blue")))
                .toArray(RecordRow[]::new);
        long created = millis(() -> write(rows));
        long unchanged = millis(
                () -> assertThat(write(rows)).extracting(RowOutcome::result).containsOnly(Result.UNCHANGED));
        System.out.printf("5,000 rows: created in %d ms, unchanged in %d ms%n", created, unchanged);
        // A bar for a loaded build machine; alone it takes a fraction.
        assertThat(created).isLessThan(6_000);
        assertThat(unchanged).isLessThan(3_000);
    }

    @Test
    void twoWritersOfTheSameRowsMakeEachRowOnce() throws Exception {
        RecordRow[] rows = IntStream.range(0, 400)
                .mapToObj(i -> row("s-" + i, Map.of("name", "Name " + i)))
                .toArray(RecordRow[]::new);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> write(rows)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(database.sql("select count(*) from platform.change_row")
                        .query(Long.class)
                        .single())
                .isEqualTo(400);
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private List<RowOutcome> write(RecordRow... rows) {
        return records.upsert(
                samples, List.of(rows), Actor.SYSTEM, new Records.Write(null, "Written", Records.Formats.ISO));
    }

    private static List<Problem> problems(List<RowOutcome> outcomes) {
        return outcomes.stream().flatMap(outcome -> outcome.problems().stream()).toList();
    }

    private Map<String, @Nullable Object> find(String externalId) {
        return records.find(samples, externalId).orElseThrow();
    }

    private static RecordRow row(String externalId, Map<String, ? extends @Nullable Object> values) {
        return new RecordRow(1, externalId, new LinkedHashMap<>(values), Map.of());
    }

    private long changes() {
        return database.sql("select count(*) from platform.change")
                .query(Long.class)
                .single();
    }

    private List<ChangedThing> lastChange() {
        return database.sql("""
                select thing_type, thing_id, before::text, after::text from platform.change_row
                where change_id = (select id from platform.change order by id desc limit 1) order by n
                """)
                .query((row, n) ->
                        new ChangedThing(row.getString(1), row.getString(2), null, row.getString(3), row.getString(4)))
                .list();
    }

    private Undoable.UndoResult undo(List<ChangedThing> things) {
        return transaction.execute(status -> undo.undo(things, Actor.SYSTEM));
    }
}
