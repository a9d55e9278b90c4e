/**
 * The staff shell: Today, search and the command palette. Asks the other modules' faces; no logic of its own.
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
            "health",
            "health :: signals",
            "engagement",
            "knowledge",
            "contracts",
            "usage",
            "usage :: counting",
            "cases",
            "surveys",
            "mail",
            "growth :: expansion",
            "renewals"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.console;
