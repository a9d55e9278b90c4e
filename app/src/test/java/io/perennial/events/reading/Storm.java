package io.perennial.events.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A random month of a company's customers: signed in and not, late by up to 30 days, from two sources. Every user belongs
 * to one account and every visitor turns out to be one user, so that whose an event is does not depend on the order.
 */
final class Storm {

    private static final List<String> FEATURES =
            List.of("Export", "Import", "Board", "Report", "Search", "Invite", " Export ", "");
    private static final int ACCOUNTS = 5;
    private static final int USERS = 17;

    private final Random random;
    private final Instant until;
    private final List<Sent> events = new ArrayList<>();

    Storm(long seed, int uses, Instant until) {
        this.random = new Random(seed);
        this.until = until;
        for (int user = 0; user < USERS; user++) {
            introduce(user);
        }
        for (int use = 0; use < uses; use++) {
            events.add(use(use));
        }
    }

    List<Sent> events() {
        return events;
    }

    static String account(int user) {
        return "acct-" + user % ACCOUNTS;
    }

    static List<String> accounts() {
        return IntStream.range(0, ACCOUNTS).mapToObj(Storm::account).toList();
    }

    /** By a group call, by traits, or by nothing but the import of a contact. */
    private void introduce(int user) {
        String name = "user-" + user;
        String visitor = "visitor-" + user;
        switch (user % 3) {
            case 0 -> {
                events.add(Sent.group("group-" + user, name, account(user), "{\"name\":\"" + account(user) + "\"}"));
                events.add(Sent.alias("alias-" + user, visitor, name));
            }
            case 1 ->
                events.add(Sent.identify(
                        "identify-" + user, visitor, name, "{\"company\":{\"id\":\"" + account(user) + "\"}}"));
            default -> events.add(Sent.identify("identify-" + user, visitor, name, "{\"phone\":\"" + user + "\"}"));
        }
    }

    static boolean comesByImport(int user) {
        return user % 3 == 2;
    }

    static int users() {
        return USERS;
    }

    private Sent use(int number) {
        int user = random.nextInt(USERS);
        Instant at = until.minus(Duration.ofSeconds(random.nextInt(30 * 24 * 60 * 60)));
        String feature = FEATURES.get(random.nextInt(FEATURES.size()));
        int source = 1 + random.nextInt(2);
        return switch (random.nextInt(4)) {
            case 0 ->
                Sent.visited("use-" + number, "visitor-" + user, feature, at.toString())
                        .from(source);
            case 1 ->
                Sent.used("use-" + number, "user-" + user, feature, at.toString())
                        .inAccount(account(user))
                        .from(source);
            default ->
                Sent.used("use-" + number, "user-" + user, feature, at.toString())
                        .from(source);
        };
    }

    /** What must stand in {@code usage.daily}, counted here in the plainest way. */
    List<String> expectedFacts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Sent sent : events) {
            if (sent.kind() <= Event.SCREEN) {
                String who = sent.user() != null
                        ? sent.user()
                        : "user-" + String.valueOf(sent.visitor()).substring(8);
                String feature = sent.name() == null || sent.name().isBlank()
                        ? sent.kind() == Event.PAGE ? "(page)" : "(unnamed)"
                        : sent.name().strip();
                counts.merge(
                        "%s %s %s %s source:%d"
                                .formatted(
                                        account(Integer.parseInt(who.substring(5))),
                                        day(sent),
                                        who,
                                        feature,
                                        sent.source()),
                        1,
                        Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList();
    }

    /** Logins and five-minute slots by account, day and user. */
    List<String> expectedSlots() {
        Map<String, TreeSet<Integer>> slots = new TreeMap<>();
        for (Sent sent : events) {
            if (sent.kind() <= Event.SCREEN) {
                String who = sent.user() != null
                        ? sent.user()
                        : "user-" + String.valueOf(sent.visitor()).substring(8);
                var time = sent.at().atOffset(ZoneOffset.UTC);
                slots.computeIfAbsent(
                                "%s %s %s".formatted(account(Integer.parseInt(who.substring(5))), day(sent), who),
                                key -> new TreeSet<>())
                        .add(time.getHour() * 12 + time.getMinute() / 5);
            }
        }
        return slots.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().toString().replaceAll("[\\[\\],]", ""))
                .sorted()
                .toList();
    }

    private static LocalDate day(Sent sent) {
        return LocalDate.ofInstant(sent.at(), ZoneOffset.UTC);
    }
}
