/** Service metrics (D8): what cases, their clocks and the knowledge base say about how well customers are served. */
@org.jspecify.annotations.NullMarked
package io.perennial.metrics.service;
