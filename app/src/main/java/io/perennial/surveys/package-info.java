/**
 * Asks customers and hears them: surveys by letter, over-survey protection for everybody who asks, answers with their tone, and the
 * loop closed with the unhappy. Carries R2.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "accounts :: list",
            "health :: measures",
            "engagement",
            "mail",
            "sentiment",
            "success :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.surveys;
