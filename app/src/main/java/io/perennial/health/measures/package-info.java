/**
 * The door for sources of health measures: implement {@link io.perennial.health.measures.MeasureSource}.
 */
@org.springframework.modulith.NamedInterface("measures")
@org.jspecify.annotations.NullMarked
package io.perennial.health.measures;
