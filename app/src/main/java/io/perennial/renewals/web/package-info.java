/** Pages and API of renewals. */
@org.jspecify.annotations.NullMarked
package io.perennial.renewals.web;
