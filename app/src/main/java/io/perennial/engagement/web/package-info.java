/**
 * Where the account page's forms lead.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.engagement.web;
