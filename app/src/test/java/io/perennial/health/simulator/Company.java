package io.perennial.health.simulator;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A company that sells to other companies: small customers on monthly contracts, middling ones and enterprises on yearly
 * contracts, three years of what its systems would have recorded.
 */
public final class Company {

    /** Weeks simulated. */
    public static final int WEEKS = 156;

    /** The size of the reference simulation. */
    public static final int REFERENCE_SIZE = 6000;

    /** Day 0, a Monday. */
    public static final LocalDate FIRST_DAY = LocalDate.of(2023, 1, 2);

    private final List<Customer> customers;

    private Company(List<Customer> customers) {
        this.customers = customers;
    }

    /** The same seed and size give the same company. */
    public static Company simulated(long seed, int size) {
        Seasons seasons = new Seasons(Chance.of(seed, -1));
        return new Company(IntStream.range(0, size)
                .parallel()
                .mapToObj(number -> new CustomerLife(number, Chance.of(seed, number), seasons).lived())
                .toList());
    }

    public List<Customer> customers() {
        return customers;
    }

    public static LocalDate day(int day) {
        return FIRST_DAY.plusDays(day);
    }

    /** The last day of a week: what is known in a week is known by then. */
    public static LocalDate endOf(int week) {
        return day(week * 7 + 6);
    }
}
