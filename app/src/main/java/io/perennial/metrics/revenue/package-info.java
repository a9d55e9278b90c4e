/** Revenue and retention (M1, M3): what contracts say about how customers come, stay, grow and leave. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.revenue;
