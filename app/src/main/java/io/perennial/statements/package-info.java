/**
 * Proof of value: what was used, how often, what it was worth, service levels kept and outcomes reached, against the price; as
 * statement and review pack, drafted by themselves, looked at, sent with proof. Carries R8; it reads facts and owns none.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "platform", "identity", "accounts", "accounts :: panels", "mail"})
@org.jspecify.annotations.NullMarked
package io.perennial.statements;
