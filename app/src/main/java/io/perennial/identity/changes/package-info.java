/**
 * Recent changes and their undo, on top of the platform's audit.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.changes;
