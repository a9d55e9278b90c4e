/**
 * The page frame, problem details and what every page shares.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.web;
