/** Changing one field of one, some or all matching accounts, as one change that can be undone. */
@org.jspecify.annotations.NullMarked
package io.perennial.accounts.edit;
