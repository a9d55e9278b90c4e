/** Figures about customers as wholes: whom we engage with, who is at risk, who uses and reaches what. One row for each customer. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.areas;
