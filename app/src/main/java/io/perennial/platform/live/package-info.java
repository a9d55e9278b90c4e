/**
 * Live updates: names of what changed, never data.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.live;
