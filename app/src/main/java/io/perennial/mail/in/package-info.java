/** From a mailbox or another mail server to the module that takes the letter. */
@org.jspecify.annotations.NullMarked
package io.perennial.mail.in;
