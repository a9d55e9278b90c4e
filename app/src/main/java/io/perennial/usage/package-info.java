/**
 * What customers' users do: daily usage per account, user and feature, its rollups and the falling-usage
 * measures. Carries the stored part of D6.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "health :: measures",
            "health :: detection",
            "success :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.usage;
