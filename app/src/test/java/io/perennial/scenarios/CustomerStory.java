package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What comes of one fact over all modules, told day by day: with every ready playbook switched on, the product's own loops, and letters
 * that a mail server really gets. Each story is lived twice, and nothing else may come of it the second time.
 */
@PerennialTest
abstract class CustomerStory extends MailStory {

    enum Days {
        /** One server; each thing happens once. */
        CALM,
        /** Whatever happens is told three times, two of them at once; two servers work at the same time, and in turn stop and begin anew. */
        ROUGH
    }

    private static final String WHAT_STANDS = """
            select 's' || s.id as key, 'signal ' || case when state in ('done', 'closed') then 'over' else 'open' end || ': ' || cause || ' at '
                || a.name as words
            from health.signal s join accounts.account a on a.id = s.account_id
            union all
            select 't' || t.id, 'task for ' || coalesce(m.name, 'nobody') || ' by ' || t.due_on || ': ' || title
                || case when done_at is null then '' else ', done' || coalesce(': ' || outcome, '') end
            from engagement.task t left join identity.team_member m on m.id = t.owner_id
            union all
            select 'l' || id, 'letter ' || state || ' to ' || to_address || ': ' || subject from mail.letter
            union all
            select 'd' || renewal_id || contact_id, 'on the renewal: may be gone (' || why || '), ' || evidence from renewals.departure
            union all
            select 'a' || id, 'answer: ' || kind || ' ' || score from surveys.survey_response
            """;

    @Autowired
    People people;

    @Autowired
    ConfigurableApplicationContext running;

    Days days = Days.CALM;
    LocalDate today = LocalDate.of(2026, 11, 24);
    Visitor ana;
    Visitor lin;
    Visitor crm;

    private Diary diary;
    private Servers servers;

    @BeforeEach
    void theHouseWorksWithAllItsPlaybooks() {
        readers.take(letter -> false);
        servers = new Servers(running, database);
        diary = new Diary(database, WHAT_STANDS);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
        crm = people.program("read", "write");
        Matcher playbook = Pattern.compile("\"key\":\"([a-z0-9-]+)\"")
                .matcher(crm.get("/api/v1/playbooks").body());
        int many = 0;
        for (; playbook.find(); many++) {
            done(lin.post("/playbooks/" + playbook.group(1) + "/state", Map.of("state", "active")));
        }
        assertThat(many).isGreaterThan(15);
    }

    @AfterEach
    void theServersStop() {
        servers.close();
    }

    /** How this story is lived; the company works from here on. */
    void live(Days how) {
        days = how;
        servers.start(how == Days.ROUGH ? 2 : 1);
        work();
    }

    /** On rough days one of the servers forgets everything that it kept in memory, the other one the next time. */
    void restart() {
        if (days == Days.ROUGH) {
            servers.restart();
        }
    }

    /** Puts a letter into our mailbox, as the world's mail servers would. */
    void mailComes(String letter) {
        comes(() -> arrives(letter));
        servers.mailCame();
    }

    /** Days pass, each worked through. */
    void until(String day) {
        while (today.isBefore(LocalDate.parse(day))) {
            on(today.plusDays(1).toString());
        }
    }

    void on(String day) {
        today = LocalDate.parse(day);
        clock.moveTo(today.atTime(9, 0).toInstant(ZoneOffset.UTC));
        work();
        ana = people.csm("Ana Reyes");
        lin = people.leader();
    }

    /** Until nothing is left. */
    void work() {
        servers.work();
    }

    /** Something that happens: once, or told three times. */
    void comes(Runnable told) {
        told.run();
        if (days == Days.ROUGH) {
            Servers.atOnce(List.of(told, told));
        }
    }

    void brings(String record, String json) {
        comes(() -> {
            HttpResponse<String> answer = crm.json("PUT", "/api/v1/" + record, json);
            assertThat(answer.statusCode()).as(record + " " + answer.body()).isIn(200, 201);
        });
    }

    static HttpResponse<String> done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isIn(200, 201, 302, 303);
        return answer;
    }

    void customer(String key, String name) {
        brings("accounts/" + key, """
                {"name": "%s", "owner": "ana.reyes", "language": "en"}""".formatted(name));
    }

    void contact(String key, String account, String name, String role) {
        brings("contacts/" + key, """
                {"account": "%s", "name": "%s", "email": "%s@%s.example", "roles": "%s", "title": "Head of Operations"}""".formatted(account, name, key, account, role));
    }

    /** Exactly this is new since the last look, whatever was told how often and by however many servers. */
    void happened(String... news) {
        clock.moveBy(Duration.ofMinutes(1));
        work();
        assertThat(diary.news()).as(today.toString()).containsExactlyInAnyOrder(news);
        assertThat(received()).as("letters that the mail server got").containsExactlyInAnyOrderElementsOf(accepted());
    }

    void nothingHappened() {
        happened();
    }

    private List<String> received() {
        List<String> all = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            try {
                // What the world's servers put into our own mailbox was not sent by us.
                if (!message.getAllRecipients()[0].toString().contains(HOUSE)) {
                    all.add(message.getMessageID() + " "
                            + ((jakarta.mail.internet.InternetAddress) message.getAllRecipients()[0]).getAddress());
                }
            } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private List<String> accepted() {
        return database.sql(
                        "select message_id || ' ' || to_address from mail.letter where state in ('accepted', 'bounced')")
                .query((row, number) -> row.getString(1))
                .list();
    }

    String id(String table, String externalId) {
        return database.sql("select id::text from " + table + " where external_id = :id")
                .param("id", externalId)
                .query(String.class)
                .single();
    }

    void finishes(String task) {
        Map<String, String> found = database.sql(
                        "select id::text as id, account_id::text as account from engagement.task where title = :title")
                .param("title", task)
                .query((row, number) -> Map.of("id", row.getString(1), "account", row.getString(2)))
                .single();
        done(ana.post(
                "/accounts/" + found.get("account") + "/tasks/" + found.get("id") + "/completion",
                Map.of("outcome", "Done")));
    }

    /** What the latest letter to them says. */
    String said(String to) {
        return caught(() -> {
            MimeMessage[] letters = sent(to);
            return text(letters[letters.length - 1]);
        });
    }

    private static String text(jakarta.mail.Part part) throws Exception {
        Object content = part.getContent();
        if (content instanceof jakarta.mail.Multipart parts) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                text.append(text(parts.getBodyPart(i))).append('\n');
            }
            return text.toString();
        }
        return String.valueOf(content).replace("\r\n", "\n");
    }

    /** Path of a link of ours in the latest letter to them. */
    String link(String to, String path) {
        Matcher link = Pattern.compile("https://success.lumenworks.example(" + path + "\\w+)")
                .matcher(said(to));
        assertThat(link.find()).as(said(to)).isTrue();
        return link.group(1);
    }

    interface Attempt<T> {
        T get() throws Exception;
    }

    static <T> T caught(Attempt<T> attempt) {
        try {
            return attempt.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
