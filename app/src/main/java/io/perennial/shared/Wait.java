package io.perennial.shared;

/**
 * How long somebody waited for something.
 *
 * @param days since the start, never below zero
 * @param reached false while it is still waited for: so many days so far
 */
public record Wait(double days, boolean reached) {}
