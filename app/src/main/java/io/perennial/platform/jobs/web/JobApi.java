package io.perennial.platform.jobs.web;

import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.web.CurrentActor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Long work for programs. */
@RestController
@RequestMapping("/api/v1/jobs")
class JobApi {

    private final JobList list;
    private final Jobs jobs;
    private final CurrentActor actor;

    JobApi(JobList list, Jobs jobs, CurrentActor actor) {
        this.list = list;
        this.jobs = jobs;
        this.actor = actor;
    }

    /**
     * @param state queued, running, done, failed or cancelled
     * @param total 0 while unknown
     */
    record JobAnswer(
            UUID id,
            String kind,
            String title,
            String state,
            String stage,
            long done,
            long total,
            @Nullable String result,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    @GetMapping("/{id}")
    JobAnswer job(@PathVariable UUID id) {
        Job job = find(id);
        return new JobAnswer(
                job.id(),
                job.kind(),
                job.title(),
                job.state().word(),
                job.stage(),
                job.done(),
                job.total(),
                job.result(),
                job.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }

    @PostMapping("/{id}/cancellation")
    JobAnswer cancel(@PathVariable UUID id) {
        find(id);
        jobs.cancel(id, actor.actor());
        return job(id);
    }

    private Job find(UUID id) {
        return list.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such job"));
    }
}
