package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.shared.Actor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;

/** What tests of imports do again and again. */
@TestComponent
public class ImportWorld {

    @Autowired
    Imports imports;

    @Autowired
    Findings findings;

    @Autowired
    JobList jobs;

    ImportView receive(String type, String file) {
        return receive(type, file.getBytes(StandardCharsets.UTF_8), ImportOptions.NONE);
    }

    ImportView receive(String type, byte[] file, ImportOptions options) {
        return imports.receive(type, "file.csv", new ByteArrayInputStream(file), options, Actor.SYSTEM);
    }

    /** Receives, starts, waits, and answers the import as it is then. */
    ImportView bring(String type, String file) {
        return run(receive(type, file));
    }

    ImportView bring(String type, String file, ImportOptions options) {
        return run(receive(type, file.getBytes(StandardCharsets.UTF_8), options));
    }

    ImportView run(ImportView view) {
        Job job = finished(imports.start(view.id(), Actor.SYSTEM));
        assertThat(job.state()).as(job.error()).isEqualTo(Job.State.DONE);
        return imports.find(view.id()).orElseThrow();
    }

    /** The job of an import that was started. */
    UUID job(UUID id) {
        UUID job = imports.find(id).orElseThrow().job();
        if (job == null) {
            throw new AssertionError("The import was not started");
        }
        return job;
    }

    Job finished(UUID job) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            Job now = jobs.find(job).orElseThrow();
            if (now.finished()) {
                return now;
            }
            pause();
        }
        throw new AssertionError("The job did not finish: " + jobs.find(job));
    }

    List<ImportProblem> problems(ImportView view) {
        return findings.problems(view.id(), 1_000);
    }

    static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
