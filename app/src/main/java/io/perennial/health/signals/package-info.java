/**
 * Signals: named rules that turn readings into evidence, urgency and a remedy; one open signal per account and cause,
 * which closes itself when its cause goes.
 */
@org.springframework.modulith.NamedInterface("signals")
@org.jspecify.annotations.NullMarked
package io.perennial.health.signals;
