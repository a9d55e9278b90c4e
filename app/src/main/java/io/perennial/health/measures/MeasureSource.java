package io.perennial.health.measures;

import java.time.LocalDate;
import java.util.List;

/** A module that can read measures. Implementations are set-based: a few statements for any number of accounts. */
public interface MeasureSource {

    List<Measure> measures();

    void read(MeasureQuery query, Readings into);

    /**
     * Whether any fact of this source was ever recorded for any account before the end of that day. A source that was
     * never connected is shown as such and never counts as bad.
     */
    boolean connected(LocalDate asOf);
}
