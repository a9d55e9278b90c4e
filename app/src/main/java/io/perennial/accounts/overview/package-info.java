/**
 * The door for modules that fill columns of the one wide row per account that lists, filters and segments read.
 */
@org.springframework.modulith.NamedInterface("overview")
@org.jspecify.annotations.NullMarked
package io.perennial.accounts.overview;
