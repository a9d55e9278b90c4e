/** The accounts table: a view is its URL, rows come from the one wide row per account. */
@org.springframework.modulith.NamedInterface("list")
@org.jspecify.annotations.NullMarked
package io.perennial.accounts.list;
