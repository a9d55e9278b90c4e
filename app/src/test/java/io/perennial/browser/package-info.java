/**
 * What only a browser can tell: behaviour of the pages, accessibility, reflow, swaps.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.browser;
