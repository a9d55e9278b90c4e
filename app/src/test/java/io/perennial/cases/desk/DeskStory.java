package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Harbor Freight has a promise: an answer within an hour to urgent cases. Mia asks, Sam answers. */
abstract class DeskStory {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    MovableClock clock;

    @Autowired
    Records records;

    @Autowired
    Routing routing;

    @Autowired
    ClockRefresh refresh;

    AccountId harbor;
    UUID mia;
    Visitor sam;

    @BeforeEach
    void harborFreightHasAPromise() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        database.sql("""
                update accounts.contact set email = 'mia@harbor.example', language = 'de', time_zone = 'Europe/Berlin'
                where id = :id
                """).param("id", mia).update();
        DeskPromise.of(database);
        sam = people.support();
    }

    UUID open(String subject, String impact, String urgency, String draft) {
        return opened(Map.of("impact", impact, "urgency", urgency, "give", ""), subject, draft);
    }

    UUID openOf(String subject, String product, String draft) {
        return openFor(subject, product, "", draft);
    }

    UUID openFor(String subject, String product, String give, String draft) {
        return opened(Map.of("impact", "one", "urgency", "slowed", "product", product, "give", give), subject, draft);
    }

    UUID opened(Map<String, String> more, String subject, String draft) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "account",
                harbor.toString(),
                "contact",
                mia.toString(),
                "subject",
                subject,
                "text",
                "It does not work.",
                "channel",
                "phone",
                "draft",
                draft));
        form.putAll(more);
        HttpResponse<String> answer = sam.post("/cases", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return UUID.fromString(location(answer).replaceFirst(".*/", ""));
    }

    void reply(UUID id, Visitor who, String body, String draft) {
        who.post(
                "/cases/" + id + "/messages",
                Map.of("kind", "reply", "body", body, "draft", draft, "seen", seen(who, id)));
    }

    static String seen(Visitor who, UUID id) {
        return Jsoup.parse(who.get("/cases/" + id).body())
                .select("input[name=seen][form=reply-form]")
                .val();
    }

    Document page(UUID id) {
        HttpResponse<String> answer = sam.get("/cases/" + id);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    Map<String, Object> row(UUID id) {
        return database.sql("""
                select number, state, priority, cause, assignee, approval, next_due_at from cases.support_case where id = :id
                """)
                .param("id", id)
                .query((row, n) -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (String column : List.of("number", "state", "priority", "cause", "assignee", "approval")) {
                        values.put(column, String.valueOf(row.getObject(column)));
                    }
                    Instant due = Queue.instant(row, "next_due_at");
                    values.put("due", due == null ? "" : due.toString());
                    return values;
                })
                .single();
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    static Viewer leader() {
        return new Viewer(UUID.randomUUID(), "Lin Wei", "lin@example.com", Role.LEADER, true);
    }

    void write(String type, String id, Map<String, Object> values) {
        RowOutcome outcome = records.upsert(
                        records.type(type).orElseThrow(),
                        List.of(new RecordRow(1, id, new LinkedHashMap<>(values), Map.of())),
                        Actor.SYSTEM,
                        new Records.Write(null, "Test", Records.Formats.ISO))
                .getFirst();
        assertThat(outcome.problems()).isEmpty();
    }
}
