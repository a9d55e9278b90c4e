/** From the inbox to counted use: each message once, each event to the account it belongs to. */
@org.jspecify.annotations.NullMarked
package io.perennial.events.reading;
