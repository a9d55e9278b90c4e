/**
 * What breaks, whom it hurts and what it costs; and the notices by which customers hear of it, each by their own wish. Carries
 * D3 and D4.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: overview",
            "accounts :: panels",
            "cases",
            "cases :: notes",
            "contracts",
            "knowledge",
            "mail",
            "surveys",
            "health :: measures"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.defects;
