package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class CrashTests {

    private static final int ROWS = 4_500;

    @Autowired
    ImportWorld world;

    @Autowired
    ImportJob job;

    @Autowired
    JdbcClient database;

    @Test
    void anImportThatDiesBetweenOrInsideBatchesGoesOnWithoutDoublesOrHalves() {
        String file = ImportsTests.accounts(ROWS).replace("A4000,Account 4000", "A4000,");
        ImportView view = world.receive("accounts", file.getBytes(StandardCharsets.UTF_8), ImportOptions.NONE);
        MortalRun run = new MortalRun(view.id());

        run.diesAfterBatch(2);
        assertThatThrownBy(() -> job.run(run)).isInstanceOf(PowerCut.class);
        assertThat(accounts()).isEqualTo(2_000);
        run.diesInsideBatch(2);
        assertThatThrownBy(() -> job.run(run)).isInstanceOf(PowerCut.class);
        assertThat(accounts()).isEqualTo(3_000);
        run.lives();
        String result = job.run(run);

        assertThat(accounts()).isEqualTo(ROWS - 1);
        assertThat(result).isEqualTo("4,499 created, 0 changed, 0 unchanged, 1 with problems");
        assertThat(world.problems(view)).hasSize(1);
    }

    @Test
    void recordsOfSeveralRowsAreNeitherHalvedNorDoubledByACrash() {
        StringBuilder file = new StringBuilder("id,name,hours\n");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2_500; i++) {
                file.append("A").append(i).append(",Account ").append(i).append(",2\n");
            }
        }
        ImportView view =
                world.receive("accounts", file.toString().getBytes(StandardCharsets.UTF_8), ImportOptions.mapping("""
                        gather: external_id
                        columns: {external_id: id, name: name, attributes.hours: sum(hours)}
                        """));
        MortalRun run = new MortalRun(view.id());

        run.diesAfterBatch(1);
        assertThatThrownBy(() -> job.run(run)).isInstanceOf(PowerCut.class);
        run.diesInsideBatch(2);
        assertThatThrownBy(() -> job.run(run)).isInstanceOf(PowerCut.class);
        assertThat(accounts()).isEqualTo(2_000);
        run.lives();
        String result = job.run(run);

        assertThat(result)
                .isEqualTo("2,500 created, 0 changed, 0 unchanged, 0 with problems, 5,000 put together with others");
        assertThat(database.sql("select distinct attributes ->> 'hours' from accounts.account")
                        .query(String.class)
                        .list())
                .containsExactly("6");
    }

    @Test
    void aJobWhoseProcessWasKilledIsPickedUpFromItsCheckpoint() {
        ImportView view = world.receive("accounts", ImportsTests.accounts(2_500));
        UUID dead = UUID.randomUUID();
        database.sql("""
                insert into platform.job (id, kind, title, parameters, state, attempt, checkpoint, actor_kind,
                                          actor_name, created_at, started_at, heartbeat)
                values (:job, 'import', 'Import', jsonb_build_object('import', :import), 'running', 1,
                        '{"pass": 1, "row": 1000}', 'SYSTEM', 'Perennial', now(), now(), now())
                """)
                .param("job", dead)
                .param("import", view.id().toString())
                .update();
        database.sql("""
                insert into platform.scheduled_tasks
                    (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                values ('job', :job, now() - interval '1 hour', true, 'a process that is gone',
                        now() - interval '1 hour', 1)
                """).param("job", dead.toString()).update();

        Job finished = world.finished(dead);

        assertThat(finished.state()).isEqualTo(Job.State.DONE);
        assertThat(finished.result()).startsWith("1,500 created");
        assertThat(accounts()).isEqualTo(1_500);
    }

    @Test
    void aCancelledImportKeepsWhatIsInAndStopsAtABatch() {
        ImportView view = world.receive("accounts", ImportsTests.accounts(ROWS));
        MortalRun run = new MortalRun(view.id());
        run.cancelAfterBatch = 2;

        job.run(run);

        assertThat(accounts()).isEqualTo(2_000);
    }

    private long accounts() {
        return database.sql("select count(*) from accounts.account")
                .query(Long.class)
                .single();
    }

    private static final class PowerCut extends RuntimeException {}

    /** A run whose process dies when the test wants it to. What it remembers is what was committed. */
    private static final class MortalRun implements JobRun {
        private final UUID importId;
        private @Nullable String committed;
        private @Nullable String pending;
        private int batches;
        private int dieAfter = Integer.MAX_VALUE;
        private int dieInside = Integer.MAX_VALUE;
        int cancelAfterBatch = Integer.MAX_VALUE;

        MortalRun(UUID importId) {
            this.importId = importId;
        }

        void diesAfterBatch(int batch) {
            lives();
            dieAfter = batch;
        }

        void diesInsideBatch(int batch) {
            lives();
            dieInside = batch;
        }

        void lives() {
            batches = 0;
            pending = null;
            dieAfter = Integer.MAX_VALUE;
            dieInside = Integer.MAX_VALUE;
        }

        @Override
        public UUID id() {
            return importId;
        }

        @Override
        public Actor actor() {
            return Actor.SYSTEM;
        }

        @Override
        public String parameters() {
            return ImportJob.parameters(importId);
        }

        @Override
        public void progress(String stage, long done, long total) {
            if (pending != null) {
                committed = pending;
                pending = null;
            }
            if (batches >= dieAfter) {
                throw new PowerCut();
            }
        }

        @Override
        public boolean cancelled() {
            return batches >= cancelAfterBatch;
        }

        @Override
        public void checkpoint(String json) {
            batches++;
            if (batches >= dieInside) {
                throw new PowerCut();
            }
            pending = json;
        }

        @Override
        public Optional<String> lastCheckpoint() {
            return Optional.ofNullable(committed);
        }
    }
}
