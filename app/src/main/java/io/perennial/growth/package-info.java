/**
 * What more a customer could have: service offered with a sale, signals of growth with their evidence, opportunities, and what
 * is not owned yet. Carries G1 and G2, and E2's record of what was offered.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "contracts",
            "programs",
            "usage",
            "health"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.growth;
