/** How counted events become use: the way in for the events module. */
@org.springframework.modulith.NamedInterface("counting")
@org.jspecify.annotations.NullMarked
package io.perennial.usage.counting;
