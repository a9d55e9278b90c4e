/** Mail as administrators see it. */
@org.jspecify.annotations.NullMarked
package io.perennial.mail.web;
