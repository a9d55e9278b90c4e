/** Notices to customers: drafted, looked through, sent in batches, and proven. */
@org.jspecify.annotations.NullMarked
package io.perennial.defects.notices;
