package io.perennial.metrics;

/** Computes a metric from numbers. A pure function. */
@FunctionalInterface
public interface Formula {

    /** @throws BadInput naming the field that cannot be used */
    Figure compute(Inputs inputs);
}
