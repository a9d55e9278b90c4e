package io.perennial.metrics.service;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other packages have all days kept. */
@TestComponent
public class KeptDays {

    private final DayKeeping keeping;

    KeptDays(DayKeeping keeping) {
        this.keeping = keeping;
    }

    /** Figures by day of everything that is old enough. */
    public void keep() {
        keeping.keepAll();
    }
}
