/** Pages about programs: the shelf, each program, calendars, delivery, and what one account has of it. */
@org.jspecify.annotations.NullMarked
package io.perennial.programs.web;
