/**
 * The customers: accounts, their contacts, the wide overview row behind every list, and the account page
 * that other modules fill with panels. Facts of any module mark an account as changed here.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared", "platform", "identity"})
@org.jspecify.annotations.NullMarked
package io.perennial.accounts;
