/**
 * What customers learn: courses and paths, who should take them, who did, and what became of the use of what was taught.
 * Carries E6.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "mail",
            "programs",
            "usage"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.training;
