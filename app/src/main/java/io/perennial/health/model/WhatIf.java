package io.perennial.health.model;

import java.time.LocalDate;

/**
 * "If licence use rose to 60 %, the score would go from 48 to 61": the same scoring with one reading replaced.
 *
 * @param value of the measure, in its unit
 * @param before the score as it is
 * @param after the score as it would be, were the new value seen today
 */
public record WhatIf(String measure, double value, Score before, Score after) {

    public static WhatIf ask(
            HealthModel model, Norms norms, AccountReadings account, LocalDate today, String measure, double value) {
        Score before = Scoring.score(model, norms, account, today);
        Reading supposed = new Reading(value, today, "supposed");
        Score after = Scoring.score(model, norms, account.with(measure, supposed), today);
        return new WhatIf(measure, value, before, after);
    }
}
