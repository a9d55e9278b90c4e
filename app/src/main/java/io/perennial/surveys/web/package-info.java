/** Pages of surveys. */
@org.jspecify.annotations.NullMarked
package io.perennial.surveys.web;
