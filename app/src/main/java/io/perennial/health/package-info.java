/**
 * Judgement: measures, versioned models, scores with exact explanations, and signals with evidence. Carries R3
 * and R4. Sources implement {@code health :: measures}; nothing here knows where a measure comes from.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: list",
            "accounts :: overview",
            "accounts :: panels"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.health;
