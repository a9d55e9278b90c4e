/** Pages and API of training. */
@org.jspecify.annotations.NullMarked
package io.perennial.training.web;
