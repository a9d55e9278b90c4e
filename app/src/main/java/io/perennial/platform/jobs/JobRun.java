package io.perennial.platform.jobs;

import io.perennial.shared.Actor;
import java.util.Optional;
import java.util.UUID;

/** A running job as its handler sees it. */
public interface JobRun {

    UUID id();

    Actor actor();

    /** Parameters as given at submission, a JSON object. */
    String parameters();

    /** Shown to people and pushed to open pages; cheap enough to call for each batch. */
    void progress(String stage, long done, long total);

    /** True once somebody pressed cancel; the handler stops at the next batch boundary. */
    boolean cancelled();

    /** Joins the caller's transaction, so that a batch and its checkpoint are stored together or not at all. */
    void checkpoint(String json);

    Optional<String> lastCheckpoint();
}
