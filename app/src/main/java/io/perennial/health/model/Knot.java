package io.perennial.health.model;

/** A corner of a curve: at this value of the measure, that sub-score (0..100). */
public record Knot(double at, double score) {}
