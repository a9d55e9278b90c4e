package io.perennial.demo;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** {@code bin/perennial demo}: loads the demo company once. */
@Component
@ConditionalOnProperty("perennial.demo")
@Order(100)
class DemoStart implements ApplicationRunner {

    private final DemoCompany company;

    DemoStart(DemoCompany company) {
        this.company = company;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (company.isEmpty()) {
            company.load();
            company.rememberTheYears();
        }
    }
}
