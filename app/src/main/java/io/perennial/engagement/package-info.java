/**
 * Who talked with whom: touchpoints on one timeline, how often we want to hear from whom, letters and meetings that are taken
 * over, interviews, and the tasks that staff owe. Carries R1, the interviews of R2 and the preference of channel and time of D4.
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
            "mail"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.engagement;
