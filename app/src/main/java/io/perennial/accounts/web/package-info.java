/** Pages about accounts: the table and the account itself. */
@org.jspecify.annotations.NullMarked
package io.perennial.accounts.web;
