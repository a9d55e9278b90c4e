package io.perennial;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    /** Compiled templates are part of the module whose pages they are; their package is the build's own choice. */
    private final ApplicationModules modules =
            ApplicationModules.of(Perennial.class, JavaClass.Predicates.resideInAPackage("io.perennial.pages.."));

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        modules.verify();
    }
}
