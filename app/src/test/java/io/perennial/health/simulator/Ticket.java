package io.perennial.health.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A request for help as the support desk keeps it. Days count from the first day of the simulation.
 *
 * @param solvedDay the day it was solved; may lie beyond the last simulated day
 * @param satisfaction 1 to 5, when the customer answered, on the day it was solved
 */
public record Ticket(
        int day,
        boolean howTo,
        boolean urgent,
        boolean reopened,
        double firstResponseHours,
        int solvedDay,
        @Nullable Integer satisfaction) {}
