/**
 * Queue, case view and intake.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.cases.web;
