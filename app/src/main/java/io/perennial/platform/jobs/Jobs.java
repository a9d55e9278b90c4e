package io.perennial.platform.jobs;

import io.perennial.shared.Actor;
import java.util.UUID;

/** Submits and steers long work. */
public interface Jobs {

    /** Joins the caller's transaction; the job starts after commit, or after the next start of the server. */
    UUID submit(String kind, String title, String parametersJson, Actor actor);

    void cancel(UUID job, Actor actor);
}
