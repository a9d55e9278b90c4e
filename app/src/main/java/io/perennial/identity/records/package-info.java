/**
 * Who may write which records, whatever entrance they come through.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.identity.records;
