/**
 * Pages about adoption and the feature catalogue.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.usage.web;
