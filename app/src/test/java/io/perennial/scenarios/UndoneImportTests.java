package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody brought the wrong file and takes it back. */
@PerennialTest
class UndoneImportTests {

    @Autowired
    Records records;

    @Autowired
    LiveScoring scoring;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Test
    void accountsOfAWrongFileGoAgain() {
        Visitor leader = people.leader();
        records.upsert(
                records.type("accounts").orElseThrow(),
                List.of(
                        new RecordRow(1, "wrong-1", Map.of("name", "Wrong One"), Map.of()),
                        new RecordRow(2, "wrong-2", Map.of("name", "Wrong Two"), Map.of())),
                Actor.person(leader.id(), leader.name()),
                new Records.Write(null, "Imported accounts from wrong.csv", Records.Formats.ISO));
        scoring.drain();
        UUID change = database.sql("select id from platform.change where summary like 'Imported accounts%'")
                .query(UUID.class)
                .single();

        assertThat(leader.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isEqualTo(200);

        assertThat(leader.get("/accounts").body()).doesNotContain("Wrong One");
        scoring.drain();
        assertThat(database.sql("select count(*) from accounts.changed")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
