package io.perennial.metrics.profit;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other packages have all costs kept. */
@TestComponent
public class KeptCosts {

    private final CostKeeping keeping;

    KeptCosts(CostKeeping keeping) {
        this.keeping = keeping;
    }

    /** What every customer costs in every month. */
    public void keep() {
        keeping.keepAll();
    }
}
