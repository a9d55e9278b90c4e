package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** id, name, segment, owner, industry, country, zone, currency, ARR, seats, since, renews in, users, story. */
    private static final String NAMED = """
            oslo-ferry | Oslo Ferry AS       | Enterprise | ana | Transport     | NO | Europe/Oslo      | EUR | 140000 | 250 |  900 |  111 | 168 | USE_FELL
            norda-bank | Norda Bank          | Enterprise | ana | Banking       | EE | Europe/Tallinn   | EUR | 120000 | 180 |  700 |   49 | 139 | GREEN_WITH_RED_FACT
            tamm       | Tamm AS             | Mid-market | ben | Forestry      | EE | Europe/Tallinn   | EUR |  96400 | 120 |  800 |   57 |  82 | SILENT
            kiva       | Kiva GmbH           | Mid-market | ana | Manufacturing | DE | Europe/Berlin    | EUR |  58000 |  80 |  500 |  220 |  62 | GROWING
            alba-foods | Alba Foods          | Mid-market | ben | Foods         | GB | Europe/London    | GBP |  80000 |  90 |  620 |  140 |  66 | DETRACTOR
            cedar-vine | Cedar & Vine        | Enterprise | ana | Retail        | US | America/Chicago  | USD | 210000 | 400 |  430 |  165 |  31 | SHELFWARE
            bluefin    | Bluefin Robotics    | Mid-market | ben | Robotics      | US | America/New_York | USD |  72000 |  60 |  390 |  260 |  51 | FLOODED
            pemberton  | Pemberton Mills     | Mid-market | ana | Textiles      | GB | Europe/London    | GBP |  44500 |  70 | 1100 |   84 |  52 | FADING
            greyhaven  | Greyhaven Insurance | Enterprise | ben | Insurance     | IE | Europe/Dublin    | EUR | 165000 | 220 |  980 |  300 | 171 | STEADY
            sunda      | Sunda Shipping      | Enterprise | ana | Transport     | SG | Asia/Singapore   | USD | 188000 | 260 |  560 |  190 | 205 | GROWING
            mirador    | Mirador Clinics     | SMB        | ben | Health        | ES | Europe/Madrid    | EUR |  12600 |  20 |   26 |  339 |  15 | NEW
            calder     | Calder Press        | SMB        | ana | Media         | GB | Europe/London    | GBP |   9800 |  15 |  600 | -160 |   0 | LOST
            ostara     | Ostara Garden       | SMB        | ben | Retail        | DE | Europe/Berlin    | EUR |   7200 |  10 |  480 |  -90 |   0 | LOST
            """;

    private static List<Customer> named() {
        return NAMED.lines().map(DemoCustomers::customer).toList();
    }

    private static Customer customer(String line) {
        String[] cells = line.strip().split("\\s*\\|\\s*", -1);
        int[] numbers = new int[5];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(cells[8 + i]);
        }
        return new Customer(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                cells[6],
                cells[7],
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                Story.valueOf(cells[13]));
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
                    name.toLowerCase(Locale.ROOT).replace(' ', '-'),
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
                    Math.max(2, (int) (seats * (story == Story.SHELFWARE ? 0.2 : 0.6 + random.nextDouble() * 0.3))),
                    story));
        }
        return customers;
    }
}
