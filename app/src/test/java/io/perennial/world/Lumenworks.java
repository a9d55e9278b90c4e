package io.perennial.world;

import io.perennial.demo.DemoCompany;
import io.perennial.health.scoring.LiveScoring;
import org.springframework.boot.test.context.TestComponent;

/** The demo company, with every customer scored. */
@TestComponent
public class Lumenworks {

    private final DemoCompany company;
    private final LiveScoring scoring;

    Lumenworks(DemoCompany company, LiveScoring scoring) {
        this.company = company;
        this.scoring = scoring;
    }

    /** Brings the company, unless an earlier test of a story with {@link OneCompany} did. */
    public void isThere() {
        if (company.isEmpty()) {
            company.load();
            scoring.drain();
        }
    }
}
