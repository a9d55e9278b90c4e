/**
 * Playbooks: what is done when something happens at a customer, readable as sentences, tried on the past before it runs, started
 * once for each episode, capped, and taken back. Carries R5 and the remedies of R4. Facts of other modules are read only.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: list",
            "accounts :: panels",
            "health",
            "health :: measures",
            "engagement",
            "mail"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.playbooks;
