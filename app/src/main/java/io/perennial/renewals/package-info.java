/**
 * Renewals from their first day: what is due and when, who decides, who was told and when, what we and the customer's manager
 * expect, and what came of it. Carries R6; what was sold and what was lost is read from contracts and never typed here.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "contracts",
            "engagement",
            "health",
            "mail",
            "surveys"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.renewals;
