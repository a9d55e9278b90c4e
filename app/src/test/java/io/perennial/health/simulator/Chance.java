package io.perennial.health.simulator;

import java.util.SplittableRandom;

/** Draws from the distributions that the simulation needs; the same seed gives the same draws on every machine. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A source of its own for one part of the company, so that parts may be made in any order. */
    static Chance of(long seed, long part) {
        return new Chance(seed * 0x9E3779B97F4A7C15L + part * 0xD1B54A32D192ED03L + 17);
    }

    double uniform() {
        return random.nextDouble();
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    double normal() {
        return random.nextGaussian();
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    double logNormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    /** Gamma with the given shape and mean 1 times {@code mean} (Marsaglia and Tsang). */
    double gamma(double shape, double mean) {
        double boost = 1;
        double a = shape;
        if (a < 1) {
            boost = Math.pow(1 - random.nextDouble(), 1 / a);
            a += 1;
        }
        double d = a - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            if (Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return boost * d * v * mean / shape;
            }
        }
    }

    int poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > 40) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** A count that varies more than chance alone would have it: Poisson around a gamma of the given shape. */
    int overdispersed(double mean, double shape) {
        return mean <= 0 ? 0 : poisson(gamma(shape, mean));
    }

    int binomial(int trials, double probability) {
        if (trials > 60) {
            double mean = trials * probability;
            double drawn = mean + Math.sqrt(mean * (1 - probability)) * random.nextGaussian();
            return (int) Math.clamp(Math.round(drawn), 0, trials);
        }
        int successes = 0;
        for (int i = 0; i < trials; i++) {
            if (random.nextDouble() < probability) {
                successes++;
            }
        }
        return successes;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
