/**
 * Who talked with whom: touchpoints on one timeline, and the tasks that staff owe. Carries the stored part
 * of R1.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "health :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.engagement;
