package io.perennial.metrics;

import java.util.List;

/** Lets facts answer metrics that are declared elsewhere, as formulas. */
public interface MetricReadings {

    List<Answerable> readings();

    /**
     * @param metric id
     * @param further definitions that only facts can answer, beside those of the formula
     */
    record Answerable(String metric, List<Definition> further, Reading reading) {}
}
