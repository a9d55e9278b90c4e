package io.perennial.health.simulator;

/** One person's answer, 0 to 10, to whether they would recommend us. */
public record Answer(int day, int score) {}
