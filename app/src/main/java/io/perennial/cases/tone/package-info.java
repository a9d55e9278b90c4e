/**
 * How customers sound on their cases: read by a model when a message arrives, corrected by staff, measured against them.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.cases.tone;
