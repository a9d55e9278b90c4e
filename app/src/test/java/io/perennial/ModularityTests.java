package io.perennial;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(Perennial.class);

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        modules.verify();
    }
}
