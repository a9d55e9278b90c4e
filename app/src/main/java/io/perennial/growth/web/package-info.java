/** Pages of growth. */
@org.jspecify.annotations.NullMarked
package io.perennial.growth.web;
