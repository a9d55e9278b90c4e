/** The pages of the sources of events. */
@org.jspecify.annotations.NullMarked
package io.perennial.events.web;
