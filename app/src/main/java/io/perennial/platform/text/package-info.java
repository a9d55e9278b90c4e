/** Configuration as text: plain YAML read with the line of everything that is wrong, and what was probably meant. */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.text;
