/**
 * The entrance itself: reads what clients send, judges each event, writes the inbox and only then says thank you.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.events.door;
