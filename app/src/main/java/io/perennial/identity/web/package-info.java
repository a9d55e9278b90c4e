/**
 * Pages of sign-in, set-up, team, keys and profile.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.web;
