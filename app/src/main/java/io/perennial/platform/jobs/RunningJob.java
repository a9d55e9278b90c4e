package io.perennial.platform.jobs;

import io.perennial.shared.Actor;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One attempt at a job. Stops itself when the server stops or when another attempt has taken over. */
final class RunningJob implements JobRun {

    /** Pages cannot read faster than this, and a write for each batch of a fast job would slow it. */
    private static final long NANOS_BETWEEN_WRITES = 300_000_000L;

    private final JobStore store;
    private final JobStore.Started job;
    private final BooleanSupplier stopping;
    private final Consumer<UUID> changed;
    private String stage = "";
    private long lastWrite;
    private boolean sawCancel;

    RunningJob(JobStore store, JobStore.Started job, BooleanSupplier stopping, Consumer<UUID> changed) {
        this.store = store;
        this.job = job;
        this.stopping = stopping;
        this.changed = changed;
    }

    /** Thrown between two batches; the job goes on from its checkpoint, here after a restart or in another attempt. */
    static final class Interrupted extends RuntimeException {
        Interrupted(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public UUID id() {
        return job.id();
    }

    @Override
    public Actor actor() {
        return job.actor();
    }

    @Override
    public String parameters() {
        return job.parameters();
    }

    @Override
    public void progress(String newStage, long done, long total) {
        if (stopping.getAsBoolean()) {
            throw new Interrupted("The server is stopping");
        }
        long now = System.nanoTime();
        boolean due = lastWrite == 0 || now - lastWrite > NANOS_BETWEEN_WRITES || done >= total;
        if (!due && newStage.equals(stage)) {
            return;
        }
        stage = newStage;
        lastWrite = now;
        if (!store.progress(job.id(), job.attempt(), newStage, done, total)) {
            throw new Interrupted("Another attempt has taken over");
        }
        changed.accept(job.id());
    }

    @Override
    public boolean cancelled() {
        sawCancel = sawCancel || store.cancelRequested(job.id());
        return sawCancel;
    }

    /** Whether the handler was told to stop; a cancel pressed after the last batch changes nothing any more. */
    boolean sawCancel() {
        return sawCancel;
    }

    @Override
    public void checkpoint(String json) {
        if (!store.checkpoint(job.id(), job.attempt(), json)) {
            throw new Interrupted("Another attempt has taken over");
        }
    }

    @Override
    public Optional<String> lastCheckpoint() {
        return Optional.ofNullable(job.checkpoint());
    }
}
