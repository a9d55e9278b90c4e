/**
 * The door for modules that show something on the account page.
 */
@org.springframework.modulith.NamedInterface("panels")
@org.jspecify.annotations.NullMarked
package io.perennial.accounts.panels;
