/** Signals of growth: what facts say that a healthy customer could use more of, who decides, and what became of it. Carries G1. */
@org.springframework.modulith.NamedInterface("expansion")
@org.jspecify.annotations.NullMarked
package io.perennial.growth.expansion;
