/**
 * Imports on screen and over the API.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.imports.web;
