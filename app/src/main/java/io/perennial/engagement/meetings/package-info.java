/** Meetings out of calendars and into them. Carries the calendar files of R1. */
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.meetings;
