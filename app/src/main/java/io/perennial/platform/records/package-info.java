/**
 * Record types: one declaration of columns feeds CSV import, REST, export, audit, undo and the documentation.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.records;
