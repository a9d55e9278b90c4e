/** What service costs and what it brings: rates, time, margin, and what an investment would do. Carries M4. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.profit;
