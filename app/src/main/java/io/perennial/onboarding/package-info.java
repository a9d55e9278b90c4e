/**
 * From the contract to first value: templates of milestones with an owner on either side, onboardings that begin by
 * themselves, who may get in, what is told, and what happens when a customer falls behind. Carries E3.
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
            "health :: measures",
            "mail",
            "playbooks :: moments",
            "programs",
            "training",
            "usage"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.onboarding;
