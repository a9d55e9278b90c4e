package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.background.Loop;
import io.perennial.platform.background.Rounds;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.SoftAssertions;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One customer and the people around it: Ana Reyes who looks after it, her leader, and the program that brings what was sold. They do
 * what they do by pages and interface; days pass with the product's own loops.
 */
final class Harbor {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{64})\"");

    private final People people;
    private final JdbcClient database;
    private final MovableClock clock;
    private final Rounds rounds;
    private final Diary diary;
    private final SoftAssertions told;
    private LocalDate today = LocalDate.of(2026, 11, 24);
    private Visitor ana;
    private Visitor lin;
    private Visitor crm;

    Harbor(People people, JdbcClient database, MovableClock clock, List<Loop> loops, SoftAssertions told) {
        this.told = told;
        this.people = people;
        this.database = database;
        this.clock = clock;
        // No events, cases or searches come in here, and reading none of them takes time.
        this.rounds = new Rounds(
                loops,
                loop -> !loop.getClass().getPackageName().matches("io\\.perennial\\.(events|cases|knowledge).*"));
        this.diary = new Diary(database);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
        crm = people.program("read", "write");
    }

    /** A program with so many of one unit a year. */
    void theHouseSells(String program, String unit, int amount) {
        asLeader("/programs", Map.of("name", program));
        String id = database.sql("select id::text from programs.program")
                .query(String.class)
                .single();
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("edits", "1");
        draft.put("summary", "For customers who want an expert");
        draft.put("price", "3000");
        draft.put("currency", "EUR");
        draft.put("channels", "email");
        draft.put("termMonths", "12");
        draft.put("unitTitle", unit);
        draft.put("unitAmount", String.valueOf(amount));
        draft.put("unitRule", "WARN");
        asLeader("/programs/" + id + "/offer", draft);
        asLeader("/programs/" + id + "/publication", Map.of("edits", "2", "from", "2026-11-24"));
    }

    /** Days pass: the first of each month and the day itself are worked through, as a running server would. */
    void on(String day) {
        LocalDate next = LocalDate.parse(day);
        for (LocalDate first = today.plusMonths(1).withDayOfMonth(1);
                first.isBefore(next);
                first = first.plusMonths(1)) {
            morningOf(first);
        }
        morningOf(next);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
    }

    private void morningOf(LocalDate day) {
        today = day;
        clock.moveTo(day.atTime(8, 0).toInstant(ZoneOffset.UTC));
        workOff();
    }

    /** Loops until they rest, and the jobs that they begin. */
    private void workOff() {
        rounds.workOff();
        boolean worked = false;
        for (int wait = 0; wait < 600 && jobs(); wait++) {
            worked = true;
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        if (worked) {
            rounds.workOff();
        }
    }

    private boolean jobs() {
        return database.sql("select exists (select from platform.job where state in ('queued', 'running'))")
                .query(Boolean.class)
                .single();
    }

    /** Exactly this is new since the last look. */
    void happened(String... news) {
        workOff();
        told.assertThat(diary.news()).as(today.toString()).containsExactlyInAnyOrder(news);
    }

    void nothingElseHappened() {
        happened();
    }

    String id() {
        return database.sql("select id::text from accounts.account where external_id = 'harbor'")
                .query(String.class)
                .single();
    }

    private String contact(String externalId) {
        return database.sql("select id::text from accounts.contact where external_id = :id")
                .param("id", externalId)
                .query(String.class)
                .single();
    }

    /** Where a renewal is worked on. */
    String desk(String due) {
        return "/renewals/"
                + database.sql("select id::text from renewals.renewal where due_on = :due")
                        .param("due", LocalDate.parse(due))
                        .query(String.class)
                        .single();
    }

    /** The program that knows what was sold brings or corrects a record. */
    void brings(String record, String json) {
        HttpResponse<String> answer = crm.json("PUT", "/api/v1/" + record, json);
        assertThat(answer.statusCode()).as(record + " " + answer.body()).isIn(200, 201);
    }

    void used(String day, int users) {
        brings("usage/use-" + day, """
                {"account": "harbor", "day": "%s", "users": %d, "events": %d}""".formatted(day, users, users * 20));
    }

    void talked(String kind, String subject) {
        brings("touchpoints/talk-" + today, """
                {"account": "harbor", "contact": "eva", "kind": "%s", "at": "%sT07:30:00Z", "subject": "%s", "member": "ana.reyes"}""".formatted(kind, today, subject));
    }

    void draws(String unit, int amount) {
        HttpResponse<String> answer =
                crm.json("POST", "/api/v1/accounts/harbor/entitlements", """
                {"unit": "%s", "amount": %d, "purpose": "Review"}""".formatted(unit, amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    void asAna(String path, Map<String, String> form) {
        HttpResponse<String> answer = ana.post(here(path), form);
        assertThat(answer.statusCode()).as(path).isIn(302, 303);
    }

    void asLeader(String path, Map<String, String> form) {
        HttpResponse<String> answer = lin.post(here(path), form);
        assertThat(answer.statusCode()).as(path).isEqualTo(302);
    }

    String refused(String path, Map<String, String> form) {
        HttpResponse<String> answer = ana.post(here(path), form);
        assertThat(answer.statusCode()).as(path).isEqualTo(422);
        return answer.body();
    }

    String page(String path) {
        HttpResponse<String> answer = ana.get(here(path));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private String here(String path) {
        return path.contains("{harbor}") ? path.replace("{harbor}", id()) : path;
    }

    void confirms(String due, String contact, String side, boolean decides) {
        asAna(
                desk(due) + "/people",
                Map.of("contact", contact(contact), "side", side, "decides", String.valueOf(decides)));
    }

    void takesOff(String due, String contact) {
        asAna(desk(due) + "/people/" + contact(contact) + "/removal", Map.of());
    }

    /** Looks at the letters and sends them. */
    void sendsTheNotice(String due) {
        Matcher seen = SEEN.matcher(page(desk(due) + "/notice?step=notice"));
        assertThat(seen.find()).isTrue();
        asAna(desk(due) + "/notice", Map.of("step", "notice", "seen", seen.group(1)));
    }

    void finishes(String task) {
        String id = database.sql("select id::text from engagement.task where title = :title")
                .param("title", task)
                .query(String.class)
                .single();
        asAna("/accounts/{harbor}/tasks/" + id + "/completion", Map.of("outcome", "Done"));
    }

    void asksWhyTheyLeave(String contact) {
        String loss = database.sql("select id::text from contracts.cancellation")
                .query(String.class)
                .single();
        asAna("/accounts/{harbor}/cancellations/" + loss + "/survey", Map.of("contact", contact(contact)));
    }

    void settles(String offer, String result) {
        String id = database.sql("select id::text from cancellations.attempt where offer = :offer")
                .param("offer", offer)
                .query(String.class)
                .single();
        asAna("/cancellations/attempts/" + id, Map.of("result", result, "answer", "They said so"));
    }

    /** What a year brings at the end of today. */
    String arr() {
        return figure("arr", today.toString());
    }

    String figure(String metric, String from) {
        return figure(metric, from, "");
    }

    /** From that day to the end of today, with two decimals at most; "no value" where there is a reason for none. */
    String figure(String metric, String from, String definition) {
        JsonNode total = read(metric, LocalDate.parse(from), definition.isEmpty() ? "" : "&definition=" + definition)
                .path("total");
        return total.path("value").isNull() ? "no value" : rounded(total.path("value"), BigDecimal.ONE);
    }

    /** Each movement of each month, a year's money. Prices that rise by agreement are more, as bought more is. */
    List<String> ledger() {
        BigDecimal months = BigDecimal.valueOf(12);
        List<String> moves = new ArrayList<>();
        for (JsonNode month :
                read("mrr_movements", LocalDate.of(2026, 11, 24), "&by=month").path("groups")) {
            JsonNode figures = month.path("result").path("figures");
            figures.propertyNames().stream()
                    .filter(name -> !name.matches("start|mrr|customers|n_.*"))
                    .filter(name -> figures.path(name).decimalValue().signum() != 0)
                    .forEach(name -> moves.add(month.path("key").asString() + " "
                            + switch (name) {
                                case "new", "churn", "reactivation" -> name;
                                case "contraction" -> "less";
                                default -> "more";
                            }
                            + " " + rounded(figures.path(name), months)));
        }
        return moves;
    }

    private JsonNode read(String metric, LocalDate from, String more) {
        HttpResponse<String> answer =
                crm.get("/api/v1/metrics/" + metric + "?from=" + from + "&to=" + today.plusDays(1) + more);
        assertThat(answer.statusCode()).as(metric + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String rounded(JsonNode number, BigDecimal times) {
        BigDecimal value = number.decimalValue().multiply(times).setScale(2, RoundingMode.HALF_EVEN);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** What stands in a file that Ana opens. */
    String pdf(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ana.address() + path));
        ana.headers().forEach(request::setHeader);
        byte[] file = HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document);
        }
    }

    /** A letter that comes back on one of ours. */
    static String answer(String who, Message ours, String head, String text) throws MessagingException {
        String thread = ours.getHeader("Message-ID")[0];
        return """
            %sFrom: %s <%s@harbor.example>
            To: help@lumenworks.example
            Date: Tue, 28 Sep 2027 07:00:00 +0000
            Message-ID: <%s@harbor.example>
            In-Reply-To: %s
            References: %s
            Subject: Re: Your renewal
            Content-Type: text/plain; charset=utf-8

            %s
            """.formatted(
                        head, who.equals("eva.lie") ? "Eva Lie" : who, who, UUID.randomUUID(), thread, thread, text);
    }
}
