package io.perennial.health.simulator;

/** An invoice and how many days late it was paid; 0 when in time. */
public record Invoice(int dueDay, int daysLate) {}
