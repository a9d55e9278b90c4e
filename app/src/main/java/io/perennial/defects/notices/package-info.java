/** Notices to customers: drafted, looked through, sent in batches, and proven; and what readers want to hear. */
@org.springframework.modulith.NamedInterface("notices")
@org.jspecify.annotations.NullMarked
package io.perennial.defects.notices;
