/**
 * What customers asked for help with: support cases with their clocks' time stamps. Carries the stored part of
 * D1 and D8.
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
            "health :: detection"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.cases;
