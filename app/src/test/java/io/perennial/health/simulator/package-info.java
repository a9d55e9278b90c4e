/**
 * A company with customers whose true state is known: what the score is judged by. Written from the description of the
 * reference simulation and from what practitioners say about customers, by another hand than the score, before any
 * acceptance figure was seen. It shares no code, no constant and no definition of a measure with the product, and it is
 * never changed to make a test pass.
 */
@NullMarked
package io.perennial.health.simulator;

import org.jspecify.annotations.NullMarked;
