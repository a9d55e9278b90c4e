/** How often we want to hear from whom, and from whom we do not. Carries the cadence and the silent customers of R1. */
@org.springframework.modulith.NamedInterface("cadence")
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.cadence;
