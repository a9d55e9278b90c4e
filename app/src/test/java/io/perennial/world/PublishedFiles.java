package io.perennial.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.Findings;
import io.perennial.platform.imports.ImportOptions;
import io.perennial.platform.imports.ImportRemark;
import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Imports;
import io.perennial.platform.imports.WaitingRows;
import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.shared.Actor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;

/** Brings files of public data sets through the product's own import, by the mappings in {@code mappings/}. */
@TestComponent
public class PublishedFiles {

    @Autowired
    Imports imports;

    @Autowired
    Findings findings;

    @Autowired
    JobList jobs;

    @Autowired
    WaitingRows waiting;

    /** Imports {@code churnsim-crm/accounts.csv.gz} as the mapping {@code churnsim-crm/accounts.yaml} says. */
    public ImportView bring(String type, String file) {
        return bring(type, file, mapping(file));
    }

    /** @param mapping text of a mapping file */
    public ImportView bring(String type, String file, String mapping) {
        Path path = SharedData.path(file + ".csv.gz");
        try (InputStream body = Files.newInputStream(path)) {
            long started = System.nanoTime();
            ImportView view = imports.receive(
                    type, path.getFileName().toString(), body, ImportOptions.mapping(mapping), Actor.SYSTEM);
            Job job = finished(imports.start(view.id(), Actor.SYSTEM));
            assertThat(job.state()).as(job.error()).isEqualTo(Job.State.DONE);
            System.out.printf(
                    "%s: %,d rows, %,.0f a second%n",
                    file, view.file().rows(), view.file().rows() * 1e9 / (System.nanoTime() - started));
            return imports.find(view.id()).orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Receives a file by a mapping and looks at it, without starting. */
    public ImportView received(String type, String file, String mapping) {
        Path path = SharedData.path(file + ".csv.gz");
        try (InputStream body = Files.newInputStream(path)) {
            return imports.receive(
                    type, path.getFileName().toString(), body, ImportOptions.mapping(mapping), Actor.SYSTEM);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A file that somebody has corrected by hand. */
    public ImportView bringText(String type, String text, String mapping) {
        ImportView view = imports.receive(
                type,
                "corrected.csv",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                ImportOptions.mapping(mapping),
                Actor.SYSTEM);
        Job job = finished(imports.start(view.id(), Actor.SYSTEM));
        assertThat(job.state()).as(job.error()).isEqualTo(Job.State.DONE);
        return imports.find(view.id()).orElseThrow();
    }

    /** Brings in what waited for records that have arrived, and what waited for those in turn. */
    public void settle() {
        for (List<UUID> begun = waiting.settle(); !begun.isEmpty(); begun = waiting.settle()) {
            begun.forEach(this::finished);
        }
    }

    public ImportView again(ImportView view) {
        return imports.find(view.id()).orElseThrow();
    }

    /** What rows of it wait for, in words. */
    public String waiting(ImportView view) {
        return findings.waiting(view.id());
    }

    /** Rows by what was odd about them. */
    public Map<String, Long> remarks(ImportView view) {
        return findings.remarks(view.id()).stream()
                .collect(Collectors.toMap(
                        remark -> remark.column().isEmpty() ? remark.code() : remark.code() + " " + remark.column(),
                        ImportRemark::rows));
    }

    public static String mapping(String file) {
        try (InputStream text = PublishedFiles.class.getResourceAsStream("/mappings/" + file + ".yaml")) {
            return new String(Objects.requireNonNull(text, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Job finished(UUID job) {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (System.nanoTime() < deadline) {
            Job now = jobs.find(job).orElseThrow();
            if (now.finished()) {
                return now;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
        throw new AssertionError("The job did not finish: " + jobs.find(job));
    }
}
