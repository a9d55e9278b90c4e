/**
 * Who works here: team members, roles, portfolio scope, sign-in, API keys. Carries P6.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared", "platform"})
@org.jspecify.annotations.NullMarked
package io.perennial.identity;
