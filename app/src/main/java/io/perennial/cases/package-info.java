/**
 * What customers asked for help with: support cases, the desk that works on them, and their clocks. Carries D1 and
 * the stored part of D8.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "sentiment",
            "surveys",
            "programs",
            "programs :: hours",
            "mail",
            "knowledge",
            "health :: measures",
            "health :: detection",
            "success :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.cases;
