/**
 * Measurements, never part of the test suite: run one by its name, for instance
 * {@code mvn test -pl app -am -Dtest=RecomputeBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.bench;
