/** Pages of cancellations. */
@org.jspecify.annotations.NullMarked
package io.perennial.cancellations.web;
