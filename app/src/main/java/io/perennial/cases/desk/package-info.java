/**
 * The desk where cases are worked: intake, conversation, state, clocks, routing. What it knows is what the case's record
 * says; what it adds stands beside it.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.cases.desk;
