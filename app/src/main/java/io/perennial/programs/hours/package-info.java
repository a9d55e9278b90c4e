/** Working time: the arithmetic of clocks that stand still at night, at weekends and on holidays. */
@org.springframework.modulith.NamedInterface("hours")
@org.jspecify.annotations.NullMarked
package io.perennial.programs.hours;
