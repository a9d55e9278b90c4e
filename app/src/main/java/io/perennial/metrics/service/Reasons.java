package io.perennial.metrics.service;

import io.perennial.metrics.Reason;

/** Why a figure of service has no value. */
final class Reasons {

    static final Reason NO_CASES = new Reason("NO_CASES", "No case came in.");
    static final Reason NO_RESOLVED = new Reason("NO_RESOLVED_CASES", "No case was solved.");
    static final Reason NO_REPLY = new Reason("NO_KNOWN_REPLY", "Of no case is it known when it was first answered.");
    static final Reason NO_PROMISES = new Reason("NO_PROMISES", "No case had a promise that was kept or broken.");
    static final Reason NO_OUTCOME =
            new Reason("NO_OUTCOME", "Of no case was it brought whether its promise was kept.");
    static final Reason NO_RESPONSES = new Reason("NO_RESPONSES", "Nobody has answered how satisfied they were.");
    static final Reason NO_CAUSE = new Reason("NOT_CLASSIFIED", "No case says why it came up.");
    static final Reason NO_HISTORY = new Reason("NO_HISTORY", "Of no case is it known when it was whose turn.");
    static final Reason NO_COST =
            new Reason("COST_NOT_SET", "Nobody has said what the service desk costs, and nothing is assumed.");

    private Reasons() {}
}
