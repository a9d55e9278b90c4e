/** The product as a process of its own that is killed at random points under load, and what must be true afterwards. */
@org.jspecify.annotations.NullMarked
package io.perennial.crash;
