/** White space: what customers do not have yet that others like them have. Carries G1. */
@org.jspecify.annotations.NullMarked
package io.perennial.growth.space;
