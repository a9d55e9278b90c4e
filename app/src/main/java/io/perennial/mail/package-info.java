/**
 * Letters out and in: what is to be sent waits in an outbox that is written with its cause, and is proven or explained; what
 * comes in is read once, told apart from machines, and offered to the modules that may take it. Carries P5.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared", "platform", "identity"})
@org.jspecify.annotations.NullMarked
package io.perennial.mail;
