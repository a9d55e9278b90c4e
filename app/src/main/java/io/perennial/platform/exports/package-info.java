/**
 * Tables leave as CSV and XLSX, streamed, with text that a spreadsheet would run as a formula made harmless.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.exports;
