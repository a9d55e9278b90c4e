package io.perennial.demo;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * {@code bin/perennial demo}: loads the demo company once, before anything works on what it finds. A customer whose usage
 * is not there yet would be scored as one that stopped working.
 */
@Component
@ConditionalOnProperty("perennial.demo")
class DemoStart implements SmartLifecycle {

    /** After the inbox, which takes its events, and before everybody who works on what they find. */
    private static final int BEFORE_ALL_OTHERS = 1;

    private final DemoCompany company;
    private final DemoLetters letters;
    private final DemoLeaving leaving;
    private boolean running;

    DemoStart(DemoCompany company, DemoLetters letters, DemoLeaving leaving) {
        this.company = company;
        this.letters = letters;
        this.leaving = leaving;
    }

    @Override
    public void start() {
        if (company.isEmpty()) {
            company.load();
            letters.load();
            leaving.load();
            company.rememberTheYears();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_ALL_OTHERS;
    }
}
