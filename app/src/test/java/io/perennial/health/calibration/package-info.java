@org.jspecify.annotations.NullMarked
package io.perennial.health.calibration;
