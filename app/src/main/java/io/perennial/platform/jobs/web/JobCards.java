package io.perennial.platform.jobs.web;

import io.perennial.platform.jobs.Job;
import io.perennial.platform.web.JobCard;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Jobs as cards of the page frame. */
public final class JobCards {

    private JobCards() {}

    /** @param resultUrl where the result is to be seen once the job is over; null for the job's own page */
    public static JobCard card(Job job, @Nullable String resultUrl, Instant now) {
        String url = "/jobs/" + job.id();
        return new JobCard(
                job.id().toString(),
                job.title(),
                job.state() == Job.State.QUEUED ? "WAITING" : job.state().name(),
                message(job, now),
                job.state() == Job.State.DONE ? Math.max(job.done(), job.total()) : job.done(),
                job.total() > 0 ? Long.valueOf(job.total()) : null,
                job.finished() ? Objects.requireNonNullElse(resultUrl, url) : null,
                job.finished() || job.cancelRequested() ? null : url + "/cancellation");
    }

    private static String message(Job job, Instant now) {
        return switch (job.state()) {
            case QUEUED -> "Waits for its turn";
            case DONE -> Objects.requireNonNullElse(job.result(), "Done");
            case FAILED -> Objects.requireNonNullElse(job.error(), "Failed");
            case CANCELLED -> "Cancelled. " + Objects.requireNonNullElse(job.result(), "");
            case RUNNING ->
                job.cancelRequested()
                        ? "Stops after this batch"
                        : job.stage() + job.left(now).map(JobCards::left).orElse("");
        };
    }

    private static String left(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 90
                ? String.format(Locale.ENGLISH, " · about %d s left", seconds)
                : String.format(Locale.ENGLISH, " · about %d min left", (seconds + 59) / 60);
    }
}
