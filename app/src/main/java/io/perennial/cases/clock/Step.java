package io.perennial.cases.clock;

import io.perennial.programs.Priority;
import java.time.Instant;

/** Something that happened to a case and that clocks care about. */
public sealed interface Step {

    Instant at();

    /** A person of ours wrote to the customer. */
    record Answered(Instant at) implements Step {}

    /** We said when we would write again; counts until we do. */
    record Promised(Instant at, Instant until) implements Step {}

    /** It is not our turn: the customer's, or a supplier's. */
    record Paused(Instant at) implements Step {}

    /** It is our turn again; also of a case that was solved. */
    record Running(Instant at) implements Step {}

    /** The solution was given. */
    record Solved(Instant at) implements Step {}

    /** From now on the targets of another priority count. */
    record Reprioritised(Instant at, Priority priority) implements Step {}
}
