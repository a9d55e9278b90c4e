/**
 * The REST API of every record type: one controller over the registry, strict about what it reads.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.records.web;
