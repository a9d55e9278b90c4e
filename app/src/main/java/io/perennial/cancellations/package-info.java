/**
 * Why customers leave, what was offered to keep them, and who comes back: cancellations recorded on screen, reasons as they were
 * recorded, answered and told, save attempts, and the work lists of those who leave, may leave or may return. Carries R7.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "contracts",
            "health",
            "mail",
            "metrics",
            "surveys",
            "usage"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.cancellations;
