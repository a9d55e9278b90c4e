/**
 * Which route is open to whom, and the armour around every answer.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.access;
