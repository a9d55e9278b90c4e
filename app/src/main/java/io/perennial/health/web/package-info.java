/**
 * Pages, panels and the API of health and signals.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.health.web;
