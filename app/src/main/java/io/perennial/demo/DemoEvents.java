package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Five weeks of events, up to now: logins who work in sessions, and on their way to sharing a first report are done soon,
 * still at it, stuck, gone, or faster than can be true.
 */
final class DemoEvents {

    static final int DAYS = 34;

    private static final String START = "project created";
    private static final String FINISH = "report shared";
    private static final List<String> WORK = List.of("boards", "search", "comments");
    private static final int LOGINS = 6;
    private static final int MOBILE_ACCOUNTS = 3;
    private static final Duration SILENT = Duration.ofHours(75);
    private static final List<String> PEOPLE =
            List.of("Ada Aas", "Bo Berg", "Cleo Dahl", "Dirk Eng", "Elin Falk", "Finn Holm", "Greta Lund", "Hana Moe");

    private final Instant now;
    private final LocalDate today;
    private final List<Customer> web;
    private final List<Customer> mobile;

    DemoEvents(Instant now, List<Customer> customers) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Customer> quiet = customers.stream()
                .filter(customer -> customer.story() == Story.STEADY && customer.since() > DAYS + 30)
                .toList();
        this.mobile = quiet.stream()
                .filter(customer -> customer.segment().equals("SMB"))
                .limit(MOBILE_ACCOUNTS)
                .toList();
        this.web = quiet.stream()
                .filter(customer -> !mobile.contains(customer) && customer.users() > LOGINS)
                .limit(9)
                .toList();
    }

    /** A session of one login: sent together when it is over. */
    record Request(Instant at, String body) {}

    private record Login(Customer customer, String user, Way way, int number) {}

    /** How a login does with the first report. */
    private enum Way {
        DONE,
        QUICK,
        RUNNING,
        SLOW,
        STUCK,
        GONE
    }

    Instant since() {
        return today.minusDays(DAYS + 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    List<Request> web() {
        List<Request> requests = new ArrayList<>();
        List<Login> logins = logins();
        logins.forEach(login -> requests.addAll(weeks(login)));
        requests.addAll(justNow(logins));
        requests.addAll(strangers());
        return inOrder(requests.stream());
    }

    /** Somebody tries out everything, before the customers begin. */
    List<Request> firstOfAll() {
        Login first = login(web.getFirst(), LOGINS, Way.DONE, 999);
        return List.of(session(first, at(DAYS, 6, 30), START, FINISH, "comments"));
    }

    /** Every day, the weekend too, until it fell silent. */
    List<Request> mobile() {
        List<Request> requests = new ArrayList<>();
        Instant last = now.minus(SILENT);
        for (int account = 0; account < mobile.size(); account++) {
            for (int person = 0; person < 3; person++) {
                Login login = login(mobile.get(account), person, Way.DONE, 100 + 3 * account + person);
                for (int ago = DAYS; ago >= 0; ago--) {
                    Instant at = at(ago, 8 + person * 4, 11 * account + person);
                    boolean here =
                            weekend(today.minusDays(ago)) ? person == 0 : (ago * 7 + account + 3 * person) % 8 > 1;
                    if (!at.isAfter(last) && here) {
                        requests.add(session(login, at, "boards", "photo attached", "comments"));
                    }
                }
            }
        }
        requests.add(session(login(mobile.getFirst(), 0, Way.DONE, 100), last.minusSeconds(300), "boards", "comments"));
        return inOrder(requests.stream());
    }

    private static List<Request> inOrder(Stream<Request> requests) {
        return requests.sorted(Comparator.comparing(Request::at)).toList();
    }

    private List<Login> logins() {
        List<Login> logins = new ArrayList<>();
        for (Customer customer : web) {
            for (int person = 0; person < LOGINS; person++) {
                logins.add(login(customer, person, way(logins.size()), logins.size()));
            }
        }
        return logins;
    }

    private static Login login(Customer customer, int person, Way way, int number) {
        return new Login(customer, DemoRecords.address(customer, PEOPLE.get(person)), way, number);
    }

    private static Way way(int number) {
        return switch (number % 27) {
            case 4 -> Way.RUNNING;
            case 9 -> Way.SLOW;
            case 14 -> Way.STUCK;
            case 20 -> Way.GONE;
            case 25 -> Way.QUICK;
            default -> Way.DONE;
        };
    }

    private List<Request> weeks(Login login) {
        Random random = new Random(31L * login.number() + 7);
        List<Request> requests = new ArrayList<>();
        int started = started(login, random);
        int stops = login.way() == Way.GONE ? started - 3 : 0;
        for (int ago = DAYS; ago > stops; ago--) {
            boolean weekend = weekend(today.minusDays(ago));
            if ((!weekend || login.number() % 9 == 0) && random.nextInt(10) > 1) {
                requests.add(session(login, at(ago, 7 + random.nextInt(9), random.nextInt(50)), WORK));
            }
        }
        Instant start = at(started, 9, 7 * login.number() % 50);
        requests.add(session(login, start, START, "boards"));
        switch (login.way()) {
            case DONE -> finish(login, start, random, requests);
            case QUICK -> requests.add(session(login, start.plusSeconds(95), FINISH));
            case SLOW -> requests.add(session(login, at(1, 14, 9), START, "boards"));
            default -> {
                // has not got there
            }
        }
        return requests;
    }

    /** Half within two days, and hardly anybody takes longer than two weeks. */
    private void finish(Login login, Instant start, Random random, List<Request> requests) {
        double days = 2 * Math.exp(0.8 * Math.clamp(random.nextGaussian(), -1.8, 2.1));
        Instant finish = start.plusSeconds(Math.round(days * 86_400));
        if (finish.isBefore(now.minus(Duration.ofHours(2)))) {
            requests.add(session(login, finish, FINISH, "comments"));
        }
        Instant again = finish.plus(Duration.ofHours(50));
        if (again.isBefore(now.minus(Duration.ofHours(2)))) {
            requests.add(session(login, again, FINISH));
        }
    }

    private static int started(Login login, Random random) {
        return switch (login.way()) {
            case RUNNING -> 2;
            case SLOW -> 20;
            case STUCK -> 28;
            case GONE, QUICK -> 30;
            case DONE -> 18 + random.nextInt(14);
        };
    }

    /** The morning up to now, so that somebody who looks at the source sees it live. */
    private List<Request> justNow(List<Login> logins) {
        List<Request> requests = new ArrayList<>();
        for (int back = 0; back < 14; back++) {
            Login login = logins.get(back * 5 % logins.size());
            if (login.way() == Way.DONE) {
                Instant at = now.minus(Duration.ofMinutes(16L + 25L * back));
                requests.add(session(login, at, WORK.get(back % 3), "boards"));
            }
        }
        return requests;
    }

    /** Of whom nobody knows where they belong, and what could not be taken. */
    private List<Request> strangers() {
        List<Request> requests = new ArrayList<>();
        for (int back = 1; back <= 4; back++) {
            Instant at = now.minus(Duration.ofHours(7L * back));
            requests.add(request(
                    at.plusSeconds(5),
                    event("guest-" + back, at, "track", "boards", "\"userId\":\"guest.4411@partner.example\"")));
        }
        Instant visit = now.minus(Duration.ofMinutes(48));
        requests.add(request(
                visit.plusSeconds(3), event("visit", visit, "page", "Pricing", "\"anonymousId\":\"visitor-77c1\"")));
        Instant wrong = now.minus(Duration.ofMinutes(9));
        requests.add(request(wrong.plusSeconds(1), event("nobody", wrong, "track", "export", "\"properties\":{}")));
        return requests;
    }

    private Request session(Login login, Instant begin, String... names) {
        return session(login, begin, List.of(names));
    }

    private Request session(Login login, Instant begin, List<String> names) {
        List<String> events = new ArrayList<>();
        Instant at = begin;
        for (String name : names) {
            events.add(event(
                    login.number() + "-" + at.getEpochSecond(),
                    at,
                    "track",
                    name,
                    "\"userId\":\"%s\",\"context\":{\"groupId\":\"%s\"},\"properties\":{\"items\":%d,\"device\":\"%s\"}"
                            .formatted(
                                    login.user(),
                                    login.customer().id(),
                                    1 + (at.getEpochSecond() / 60) % 9,
                                    login.number() % 4 == 0 ? "tablet" : "laptop")));
            at = at.plusSeconds(140 + 37L * (events.size() % 4));
        }
        return request(at, events.toArray(String[]::new));
    }

    private static Request request(Instant at, String... events) {
        return new Request(at, "{\"batch\":[" + String.join(",", events) + "],\"sentAt\":\"" + at + "\"}");
    }

    private static String event(String message, Instant at, String type, String name, String who) {
        String named = type.equals("track") ? "event" : "name";
        return "{\"messageId\":\"demo-%s\",\"type\":\"%s\",\"%s\":\"%s\",\"timestamp\":\"%s\",%s}"
                .formatted(message, type, named, name, at, who);
    }

    private Instant at(int ago, int hour, int minute) {
        Instant at = today.minusDays(ago).atTime(hour, minute, 17).toInstant(ZoneOffset.UTC);
        return at.isBefore(now.minusSeconds(900)) ? at : at.minus(Duration.ofDays(1));
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
