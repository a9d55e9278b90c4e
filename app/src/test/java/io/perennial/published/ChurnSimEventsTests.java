package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.perennial.platform.imports.Counts;
import io.perennial.platform.imports.ImportView;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The raw events of some customers of the simulated company are counted to the days that it publishes. */
class ChurnSimEventsTests extends PublishedSet {

    @Test
    void rawEventsAddUpToTheDailyUseOfTheSameCustomers() {
        bringCustomers("churnsim-crm", 882, 9_812);
        ImportView events = files.bring("usage", "churnsim-crm/events_raw_sample");

        assertThat(events.counts()).isEqualTo(new Counts(318_994, 0, 0, 0, 212_920, 0));
        assertThat(files.remarks(events)).containsEntry("exact_repeat", 4L).hasSize(1);
        assertThat(database.sql("""
                select a.external_id, d.day, f.name, sum(d.events) as events, count(distinct d.user_id) as users
                from usage.daily d join accounts.account a on a.id = d.account_id
                join usage.feature f on f.id = d.feature_id
                group by 1, 2, 3
                """)
                        .query((row, number) -> row.getString(1) + "," + row.getString(2) + "," + row.getString(3) + ","
                                + row.getString(4) + "," + row.getString(5))
                        .set())
                .hasSize(62_549)
                .isEqualTo(published("usage_daily", "account_id", "date", "event", "events", "users"));
        assertThat(database.sql("""
                select a.external_id, d.day, d.active_users
                from usage.account_day d join accounts.account a on a.id = d.account_id
                """)
                        .query((row, number) -> row.getString(1) + "," + row.getString(2) + "," + row.getString(3))
                        .set())
                .isEqualTo(published("active_users_daily", "account_id", "date", "active_users"));
    }

    /** Rows of a file about the customers of whom there are raw events. */
    private Set<String> published(String file, String... columns) {
        Set<String> sampled = database.sql("""
                select external_id from accounts.account where id in (select account_id from usage.account_day)
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .set();
        Set<String> rows = new HashSet<>();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(SharedData.open("churnsim-crm/" + file + ".csv.gz"))) {
            for (NamedCsvRecord row : reader) {
                if (sampled.contains(row.getField("account_id"))) {
                    rows.add(Arrays.stream(columns).map(row::getField).collect(Collectors.joining(",")));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return rows;
    }
}
