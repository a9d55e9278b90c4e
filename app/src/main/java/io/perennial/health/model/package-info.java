/**
 * Health as pure mathematics: a model as text, curves, norms, one scoring function, exact explanations. No Spring, no
 * database, no clock: the same input gives the same score to the last digit, live, in a recompute and in a back-test.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.health.model;
