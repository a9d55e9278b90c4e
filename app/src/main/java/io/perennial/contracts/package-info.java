/**
 * What was sold: contracts and their lines, renewals to come, cancellations and their reasons. Carries the
 * stored part of E2, R6 and R7.
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
package io.perennial.contracts;
