/** Public data sets come in through the product's own import, and the figures that their authors state come out. */
@org.jspecify.annotations.NullMarked
package io.perennial.published;
