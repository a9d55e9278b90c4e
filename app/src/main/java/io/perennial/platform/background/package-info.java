/** Work that goes on beside requests, from the start of the product to its stop. */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.background;
