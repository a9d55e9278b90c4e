package io.perennial.world;

import io.perennial.identity.Role;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestComponent;

/** Customers as they arrive in a company: through the records, as an import writes them. */
@TestComponent
public class Arrivals {

    private final Records records;
    private final People people;

    Arrivals(Records records, People people) {
        this.records = records;
        this.people = people;
    }

    /** Ana Reyes and Ben Carter, who see the accounts they own: {@code ana.reyes} and {@code ben.carter}. */
    public void twoManagers() {
        people.member("Ana Reyes", Role.CSM, false);
        people.member("Ben Carter", Role.CSM, false);
    }

    /** Accounts {@code a-0}, {@code a-1} and so on, with these columns. */
    public void accounts(int many, IntFunction<Map<String, Object>> columns) {
        write(IntStream.range(0, many)
                .mapToObj(number -> new RecordRow(number, "a-" + number, columns.apply(number), Map.of()))
                .toList());
    }

    public void account(String externalId, Map<String, Object> columns) {
        write(List.of(new RecordRow(1, externalId, columns, Map.of())));
    }

    private void write(List<RecordRow> rows) {
        records.upsert(
                records.type("accounts").orElseThrow(),
                rows,
                Actor.SYSTEM,
                new Records.Write(null, "Accounts", Records.Formats.ISO));
    }
}
