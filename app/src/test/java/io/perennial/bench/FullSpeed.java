package io.perennial.bench;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Refuses to measure code that is compiled as for tests: its figures would say nothing about the product. */
class FullSpeed implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1")) {
            throw new IllegalStateException("Measure with the profile bench: mvn -Pquick,bench ...");
        }
    }
}
