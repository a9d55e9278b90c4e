/** Pages of the product as PDF files, made from print templates. */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.pdf;
