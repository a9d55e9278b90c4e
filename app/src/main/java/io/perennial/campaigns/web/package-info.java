/** Campaigns on screen and for programs, and the pages behind the links of letters. */
@org.jspecify.annotations.NullMarked
package io.perennial.campaigns.web;
