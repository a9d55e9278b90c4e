/** Pages and API of metrics. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.web;
