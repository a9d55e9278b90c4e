package io.perennial.metrics;

import java.util.List;

/** Contributes metrics to the registry. A further family of metrics is one more component of this kind. */
public interface MetricSource {

    List<Metric> metrics();
}
