/** The door for modules that know a live value which an outcome of a success plan can be read from. */
@org.springframework.modulith.NamedInterface("measures")
@org.jspecify.annotations.NullMarked
package io.perennial.success.measures;
