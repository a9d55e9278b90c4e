package io.perennial.health.simulator;

/** The customer decides (at the latest day for giving notice) whether the contract goes on after its end. */
public record Decision(int week, int endWeek, boolean lost) {}
