package io.perennial.usage;

import java.time.LocalDate;
import java.util.UUID;

/** One account on one day: what a rollup row stands for. */
record AccountDay(UUID account, LocalDate day) {}
