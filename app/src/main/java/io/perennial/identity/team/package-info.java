/**
 * Team members, their roles and their portfolio.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.team;
