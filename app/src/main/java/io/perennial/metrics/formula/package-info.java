/** Metrics as pure functions of numbers: what anybody can check with a pencil. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.formula;
