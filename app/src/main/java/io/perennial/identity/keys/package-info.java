/**
 * API keys: how a program proves who it is.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.keys;
