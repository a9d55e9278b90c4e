/**
 * The one clock.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.time;
