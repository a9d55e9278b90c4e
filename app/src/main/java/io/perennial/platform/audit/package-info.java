/**
 * Every change: who, what, when, before and after; Recent changes and undo.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.audit;
