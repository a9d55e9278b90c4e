/** Letters that colleagues copy to us become touchpoints of the right customers. Carries the mail of R1. */
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.capture;
