/**
 * How long customers wait, in working time: pure arithmetic over what happened to a case and what was promised for it.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.cases.clock;
