/**
 * Letters that nobody asked for, and how to earn them: campaigns at people of one role and behaviour, measured by what they were to
 * bring about, and what each reader wants of us: consent, hours, how often. Carries D7 and the consent of P13.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "platform",
            "identity",
            "accounts",
            "accounts :: panels",
            "engagement",
            "knowledge",
            "mail"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.campaigns;
