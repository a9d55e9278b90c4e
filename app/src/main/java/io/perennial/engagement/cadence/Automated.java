package io.perennial.engagement.cadence;

import java.util.List;

/**
 * What counts as sent by a machine. Every letter that Perennial sends to a customer does, also when a person pressed the button
 * for many readers; only what somebody wrote to one reader does not. An automated letter becomes part of a conversation when the
 * customer answers it: the answer is a touchpoint of its own, in which both sides took part.
 */
public final class Automated {

    /** Purposes of letters that a person wrote to one reader. */
    public static final List<String> PERSONAL = List.of("case-reply", "case-resolution");

    /** Beginnings of purposes that have their own entries on the timeline: cases, renewals, notices, statements. */
    public static final List<String> TOLD_ELSEWHERE = List.of("case-", "renewal", "notice-", "statement");

    private Automated() {}
}
