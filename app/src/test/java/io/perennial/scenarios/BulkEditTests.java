package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Arrivals;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class BulkEditTests {

    private static final int MANY = 450;

    @Autowired
    Arrivals arrivals;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Test
    void everyMatchingAccountIsChangedByAJobAndUndoneAsOneChange() throws InterruptedException {
        arrivals.accounts(MANY, number -> Map.of("name", "Account " + number, "segment", "SMB"));
        Visitor leader = people.leader();

        leader.post(
                "/accounts/edits",
                Map.of("query", "filter=segment%3Ais%3ASMB", "everything", "true", "field", "stage", "value", "Moved"));
        until(() -> inStage("Moved") == MANY);

        List<UUID> changes = database.sql("select id from platform.change where summary like 'Stage of 450 accounts%'")
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        assertThat(changes).hasSize(1);
        leader.post("/changes/" + changes.getFirst() + "/undo", Map.of());
        assertThat(inStage("Moved")).isZero();
    }

    private long inStage(String stage) {
        return database.sql("select count(*) from accounts.account where stage = :stage")
                .param("stage", stage)
                .query(Long.class)
                .single();
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }
}
