/**
 * The entrance for usage events: sources with their write keys, the inbox that acknowledges, and what turns an inbox
 * into counted use exactly once. Carries P2 and the events of D6.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "platform", "identity", "accounts", "usage :: counting"})
@org.jspecify.annotations.NullMarked
package io.perennial.events;
