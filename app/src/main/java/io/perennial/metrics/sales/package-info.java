/** Sales of service (M1, G2): how service is attached to products, renewed, raised and won back. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.sales;
