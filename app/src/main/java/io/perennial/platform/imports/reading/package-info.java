/**
 * Reads the files that companies have: text in several encodings and delimiters, gzip, Excel. Streams, keeps physical
 * line numbers, and turns whatever is wrong with a row into a flaw of that row.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.imports.reading;
