/**
 * What was promised: programs with their hours, targets, benefits and units, which version of them an account bought, and
 * the ledger of what it used. Carries E1, E5, D2 and the hand-off of E2.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "contracts",
            "health :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.programs;
