package io.perennial.health;

import io.perennial.health.model.Band;
import java.time.Instant;

/** A stored change of a score. */
public record ScorePoint(Instant at, double score, Band band, double coverage, String model) {}
