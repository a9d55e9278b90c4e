/**
 * Scores of real accounts: reads the measures, applies the model in force, keeps the present score, its history as
 * changes and the sealed norms; live, in full and as of any past day by one and the same path.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.health.scoring;
