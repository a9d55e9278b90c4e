package io.perennial.events;

import io.perennial.events.reading.EventReading;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An app of a customer is connected. */
abstract class EntranceStory {

    static final String CLOUD_BATCH = "application/cloudevents-batch+json";

    @Autowired
    Sources sources;

    @Autowired
    SourceActivity activity;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @Autowired
    EventReading reading;

    Sender app;

    @BeforeEach
    void anAppIsConnected() {
        app = Sender.of("Planner", sources, people);
    }

    record Row(
            UUID message,
            int kind,
            Instant occurredAt,
            String user,
            String anonymous,
            String account,
            String name,
            String body) {}

    List<Row> inbox() {
        return database.sql("""
                select message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body
                from events.inbox order by seq
                """)
                .query((row, number) -> new Row(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)))
                .list();
    }

    int binary(String type, byte[] data) {
        return app.send(
                        "/api/v1/events",
                        data,
                        Map.of(
                                "ce-specversion",
                                "1.0",
                                "ce-id",
                                "" + Arrays.hashCode(data),
                                "ce-source",
                                "/planner",
                                "ce-type",
                                "opened",
                                "ce-userid",
                                "ada",
                                "Content-Type",
                                type))
                .statusCode();
    }
}
