package io.perennial.health;

import java.time.LocalDate;

/** Accounts by band at the end of a week, without those who had left; the last one is now. */
public record BandWeek(LocalDate week, long healthy, long watch, long atRisk, long unknown) {}
