/**
 * What figures mean and what they are: one registry of metrics, each declared once with its formula, definitions to choose
 * from and inputs; computed from numbers that anybody sends, or read from the facts of other modules. Carries D8, M1,
 * M2, M3 as far as contracts answer them, and M4.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "cases",
            "programs",
            "programs :: hours",
            "contracts",
            "knowledge",
            "surveys",
            "usage",
            "health"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.metrics;
