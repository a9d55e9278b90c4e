/** From the outbox to the next mail server. */
@org.jspecify.annotations.NullMarked
package io.perennial.mail.out;
