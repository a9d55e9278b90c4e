package io.perennial;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.modulith.Modulithic;

/** Starts Perennial: one JVM, one PostgreSQL. */
@Modulithic(sharedModules = {"shared", "platform"})
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Perennial {

    public static void main(String[] arguments) {
        SpringApplication.run(Perennial.class, arguments);
    }
}
