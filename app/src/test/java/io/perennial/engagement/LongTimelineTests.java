package io.perennial.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Timeline;
import io.perennial.accounts.panels.TimelineSource.TimelineEntry;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Harbor has 10,000 entries, one in a hundred of them a meeting. */
@PerennialTest
class LongTimelineTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @Autowired
    JdbcClient database;

    @Autowired
    Timeline timeline;

    @Autowired
    People people;

    @Test
    void pagesAreBoundedAndARareKindIsFoundWithoutReadingTheRest() {
        AccountId harbor = new Book(database).account("harbor", "Harbor Freight Lines");
        database.sql("""
                insert into engagement.touchpoint (id, external_id, account_id, at, kind, subject, created_at, updated_at)
                select gen_random_uuid(), 'n' || n, :account, timestamptz '2026-11-24 08:00Z' - n * interval '1 hour',
                    case when n % 100 = 0 then 'meeting' else 'note' end, 'Entry ' || n, now(), now()
                from generate_series(1, 10000) n
                """).param("account", harbor.value()).update();

        assertThat(timeline.before(harbor, NOW, Set.of(), 50).entries()).hasSize(50);

        List<TimelineEntry> meetings = new ArrayList<>();
        Instant before = NOW;
        int pages = 0;
        while (before != null) {
            Timeline.Page page = timeline.before(harbor, before, Set.of("meeting"), 40);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(40);
            meetings.addAll(page.entries());
            before = page.next();
            pages++;
        }
        assertThat(meetings).hasSize(100).allMatch(entry -> entry.kind().equals("meeting"));
        assertThat(pages).isLessThanOrEqualTo(4);

        String page = people.admin()
                .get("/accounts/" + harbor + "?tab=timeline&kind=meeting")
                .body();
        assertThat(page).contains("Entry 100", "kind=meeting&amp;before=").doesNotContain("Entry 101<");
        assertThat(people.admin()
                        .get("/accounts/" + harbor + "?tab=timeline&kind=survey")
                        .body())
                .contains("Nothing of this kind has happened here.");
    }

    @Test
    void theShareEngagedInTheTimeOfTheirCadenceIsAnswered() {
        Book book = new Book(database);
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        AccountId kiva = book.account("kiva", "Kiva Bikes");
        for (AccountId account : List.of(harbor, kiva)) {
            book.line(account, "100", "2025-01-01").add();
        }
        book.touchpoint(harbor, "call", NOW.minusSeconds(20 * 86_400), "Talk");
        book.touchpoint(kiva, "call", NOW.minusSeconds(40 * 86_400), "Talk");
        database.sql("""
                insert into engagement.cadence_version values (1, 'x', 'Lin', now());
                insert into engagement.cadence_rule (version, position, name, days) values (1, 0, 'Monthly', 30)
                """).update();
        String page = people.admin()
                .get("/metrics/engaged_rate?definition=in_cadence")
                .body();
        assertThat(page).contains("1 of 2").contains("In the time of their cadence");
    }
}
