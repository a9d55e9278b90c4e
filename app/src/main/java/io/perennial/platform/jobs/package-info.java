/**
 * Long work that people see: progress, cancel, result, resumed after a crash.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.jobs;
