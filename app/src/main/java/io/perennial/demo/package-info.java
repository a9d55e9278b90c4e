/**
 * The demo company: one small believable world, dated relative to today, that shows every kind of customer a team
 * meets. It comes in through the same door as a company's own records, and tests use the same world.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "campaigns",
            "defects",
            "defects :: notices",
            "events",
            "knowledge",
            "mail",
            "playbooks",
            "programs",
            "renewals",
            "statements",
            "surveys",
            "onboarding",
            "training",
            "usage"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.demo;
