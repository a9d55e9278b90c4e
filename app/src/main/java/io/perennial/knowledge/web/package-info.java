/**
 * Pages of the knowledge base.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.knowledge.web;
