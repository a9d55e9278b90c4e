/**
 * Passwords, sessions, the first administrator: how a person proves who they are.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.signin;
