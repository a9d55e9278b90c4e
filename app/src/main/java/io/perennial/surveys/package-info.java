/**
 * What customers answered: survey responses with age. Carries the stored part of R2.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "health :: measures",
            "success :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.surveys;
