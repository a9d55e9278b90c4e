package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The customers: a dozen with a story of their own, and the quiet rest of a portfolio. */
final class DemoCustomers {

    private static final long SEED = 20_261_122;

    private static final List<String> FIRST = List.of(
            "Aster", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo", "Juniper", "Kestrel",
            "Linden", "Maple", "Nimbus", "Onyx", "Pine", "Quartz", "Rowan", "Sable", "Tern", "Umber", "Vale", "Willow");
    private static final List<String> SECOND =
            List.of("Logistics", "Foods", "Energy", "Insurance", "Robotics", "Media", "Textiles", "Health");

    private DemoCustomers() {}

    static List<Customer> all() {
        List<Customer> customers = new ArrayList<>(named());
        customers.addAll(quietRest());
        return customers;
    }

    private static List<Customer> named() {
        return List.of(
                new Customer(
                        "oslo-ferry",
                        "Oslo Ferry AS",
                        "Enterprise",
                        "ana",
                        "Transport",
                        "NO",
                        "Europe/Oslo",
                        "EUR",
                        140_000,
                        250,
                        900,
                        111,
                        34,
                        Story.USE_FELL),
                new Customer(
                        "norda-bank",
                        "Norda Bank",
                        "Enterprise",
                        "ana",
                        "Banking",
                        "EE",
                        "Europe/Tallinn",
                        "EUR",
                        120_000,
                        180,
                        700,
                        49,
                        41,
                        Story.GREEN_WITH_RED_FACT),
                new Customer(
                        "tamm",
                        "Tamm AS",
                        "Mid-market",
                        "ben",
                        "Forestry",
                        "EE",
                        "Europe/Tallinn",
                        "EUR",
                        96_400,
                        120,
                        800,
                        57,
                        12,
                        Story.SILENT),
                new Customer(
                        "kiva",
                        "Kiva GmbH",
                        "Mid-market",
                        "ana",
                        "Manufacturing",
                        "DE",
                        "Europe/Berlin",
                        "EUR",
                        58_000,
                        80,
                        500,
                        220,
                        31,
                        Story.GROWING),
                new Customer(
                        "alba-foods",
                        "Alba Foods",
                        "Mid-market",
                        "ben",
                        "Foods",
                        "GB",
                        "Europe/London",
                        "GBP",
                        80_000,
                        90,
                        620,
                        140,
                        18,
                        Story.DETRACTOR),
                new Customer(
                        "cedar-vine",
                        "Cedar & Vine",
                        "Enterprise",
                        "ana",
                        "Retail",
                        "US",
                        "America/Chicago",
                        "USD",
                        210_000,
                        400,
                        430,
                        165,
                        14,
                        Story.SHELFWARE),
                new Customer(
                        "bluefin",
                        "Bluefin Robotics",
                        "Mid-market",
                        "ben",
                        "Robotics",
                        "US",
                        "America/New_York",
                        "USD",
                        72_000,
                        60,
                        390,
                        260,
                        22,
                        Story.FLOODED),
                new Customer(
                        "pemberton",
                        "Pemberton Mills",
                        "Mid-market",
                        "ana",
                        "Textiles",
                        "GB",
                        "Europe/London",
                        "GBP",
                        44_500,
                        70,
                        1_100,
                        84,
                        11,
                        Story.FADING),
                new Customer(
                        "greyhaven",
                        "Greyhaven Insurance",
                        "Enterprise",
                        "ben",
                        "Insurance",
                        "IE",
                        "Europe/Dublin",
                        "EUR",
                        165_000,
                        220,
                        980,
                        300,
                        52,
                        Story.STEADY),
                new Customer(
                        "sunda",
                        "Sunda Shipping",
                        "Enterprise",
                        "ana",
                        "Transport",
                        "SG",
                        "Asia/Singapore",
                        "USD",
                        188_000,
                        260,
                        560,
                        190,
                        60,
                        Story.GROWING),
                new Customer(
                        "mirador",
                        "Mirador Clinics",
                        "SMB",
                        "ben",
                        "Health",
                        "ES",
                        "Europe/Madrid",
                        "EUR",
                        12_600,
                        20,
                        26,
                        339,
                        6,
                        Story.NEW),
                new Customer(
                        "calder",
                        "Calder Press",
                        "SMB",
                        "ana",
                        "Media",
                        "GB",
                        "Europe/London",
                        "GBP",
                        9_800,
                        15,
                        600,
                        -160,
                        0,
                        Story.LOST),
                new Customer(
                        "ostara",
                        "Ostara Garden",
                        "SMB",
                        "ben",
                        "Retail",
                        "DE",
                        "Europe/Berlin",
                        "EUR",
                        7_200,
                        10,
                        480,
                        -90,
                        0,
                        Story.LOST));
    }

    private static List<Customer> quietRest() {
        Random random = new Random(SEED);
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            String name = FIRST.get(i % FIRST.size()) + " " + SECOND.get((i * 3 + i / FIRST.size()) % SECOND.size());
            boolean small = i % 3 != 0;
            int seats = small ? 8 + random.nextInt(20) : 40 + random.nextInt(80);
            Story story = i % 11 == 5 ? Story.GROWING : i % 17 == 9 ? Story.SHELFWARE : Story.STEADY;
            customers.add(new Customer(
                    name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'),
                    name,
                    small ? "SMB" : "Mid-market",
                    i % 2 == 0 ? "ana" : "ben",
                    SECOND.get((i * 3 + i / FIRST.size()) % SECOND.size()),
                    List.of("DE", "FR", "NL", "SE", "US").get(i % 5),
                    List.of("Europe/Berlin", "Europe/Paris", "Europe/Amsterdam", "Europe/Stockholm", "America/Denver")
                            .get(i % 5),
                    i % 5 == 4 ? "USD" : "EUR",
                    (small ? 400 : 620) * seats,
                    seats,
                    120 + random.nextInt(900),
                    20 + random.nextInt(330),
                    Math.max(2, (int) (seats * (0.35 + random.nextDouble() * 0.3))),
                    story));
        }
        return customers;
    }
}
