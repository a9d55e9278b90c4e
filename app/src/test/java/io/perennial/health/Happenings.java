package io.perennial.health;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

/** What may happen to the customers of a small company, drawn from dice that tell the same story for the same seed. */
final class Happenings {

    private final Facts facts;
    private final Random random;
    private final int accounts;

    Happenings(Facts facts, Random random, int accounts) {
        this.facts = facts;
        this.random = random;
        this.accounts = accounts;
    }

    /** @param step tells this happening from the others */
    void one(int step, Instant now) {
        String account = "a" + random.nextInt(accounts);
        Instant recently = now.minus(Duration.ofMinutes(1 + random.nextInt(60 * 24 * 90)));
        LocalDate day = LocalDate.ofInstant(recently, ZoneOffset.UTC);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                for (int back = 0; back < 20; back++) {
                    facts.use(account, day.minusDays(back).toString(), "u" + random.nextInt(5), 1 + random.nextInt(40));
                }
            }
            case 3 -> facts.supportCase("c" + step, account, recently.toString(), "urgent");
            case 4 -> facts.answer("s" + step, account, random.nextInt(11), recently.toString());
            case 5 -> facts.call("t" + step, account, recently.toString());
            case 6 -> {
                facts.contact("p" + step, account, "decision_maker");
                if (random.nextBoolean()) {
                    facts.contactLeft("p" + step, account, day.toString());
                }
            }
            case 7 -> {
                String line = "l" + account.substring(1);
                facts.put("contract-lines", line, Map.of("account", account, "ends_on", day.toString()));
                facts.put("cancellations", "x" + step, Map.of("account", account, "cancelled_on", day.toString()));
            }
            default -> facts.put("accounts", account, Map.of("segment", random.nextBoolean() ? "SMB" : "Enterprise"));
        }
    }
}
