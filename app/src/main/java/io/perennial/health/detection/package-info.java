/**
 * Changes in an account's own behaviour, told from noise: falling and growing usage, too many and too few requests.
 * Pure mathematics over arrays, for the modules that own the facts.
 */
@org.springframework.modulith.NamedInterface("detection")
@org.jspecify.annotations.NullMarked
package io.perennial.health.detection;
