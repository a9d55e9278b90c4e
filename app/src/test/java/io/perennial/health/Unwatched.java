package io.perennial.health;

import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.Actor;
import java.util.Optional;
import java.util.UUID;

/** A job that nobody looks at and nobody stops. */
public final class Unwatched implements JobRun {

    @Override
    public UUID id() {
        return new UUID(0, 1);
    }

    @Override
    public Actor actor() {
        return Actor.SYSTEM;
    }

    @Override
    public String parameters() {
        return "{}";
    }

    @Override
    public void progress(String stage, long done, long total) {}

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void checkpoint(String json) {}

    @Override
    public Optional<String> lastCheckpoint() {
        return Optional.empty();
    }
}
