/** Whether the score keeps its promises, measured on simulated customers whose true state is known. */
@NullMarked
package io.perennial.health.acceptance;

import org.jspecify.annotations.NullMarked;
