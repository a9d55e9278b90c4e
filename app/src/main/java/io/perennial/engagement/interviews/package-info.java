/** Relationship interviews: the questions that matter, in versions, and what customers said. Carries the interviews of R2. */
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.interviews;
