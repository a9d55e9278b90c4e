/** The page of a contract. */
@org.jspecify.annotations.NullMarked
package io.perennial.contracts.web;
