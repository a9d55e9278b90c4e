/**
 * A company's own files come in: one import for the page, the API and the command line. A file is stored, inspected,
 * mapped and previewed; then a job checks every row and upserts in batches that a crash can neither halve nor double.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.imports;
