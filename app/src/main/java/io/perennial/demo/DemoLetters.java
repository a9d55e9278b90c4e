package io.perennial.demo;

import io.perennial.mail.LetterBox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Letters that came this morning: one to a case, one that is a case, one of somebody whom nobody knows. */
@Component
class DemoLetters {

    private static final String ROWS = """
            export;rows;seconds
            monday;9800;41
            tuesday;10000;60
            wednesday;10000;60
            """;

    private final LetterBox box;
    private final JdbcClient database;
    private final Clock clock;

    DemoLetters(LetterBox box, JdbcClient database, Clock clock) {
        this.box = box;
        this.database = database;
        this.clock = clock;
    }

    private record Person(String name, String email) {}

    void load() {
        Person ferry = person("oslo-ferry-champion");
        Person bluefin = person("bluefin-champion");
        if (ferry == null || bluefin == null) {
            return;
        }
        send(
                ferry,
                "ferry-1",
                "Re: " + numbered("case-open-oslo-ferry"),
                "Here is what we saw this week. Yesterday it stopped at 10,000 rows again, and the auditors wait for it.",
                "exports.csv");
        send(bluefin, "bluefin-1", "How do I share a board with our auditors?", """
                <p>Hello,</p>
                <p>two people from outside shall read <b>one board</b> until the end of the year, and nothing else:</p>
                <table><tr><th>Who</th><th>Firm</th><th>Until</th></tr>
                <tr><td>Inga Moe</td><td>Moe &amp; Partners</td><td>31 December</td></tr>
                <tr><td>Per Lund</td><td>Moe &amp; Partners</td><td>31 December</td></tr></table>
                <p>Is that possible without licences for them?</p>
                <p>Thank you<img src="https://letters.example/logo.png" alt=""></p>
                """, null);
        String domain = ferry.email().substring(ferry.email().indexOf('@'));
        send(
                new Person("Nora Lund", "nora.lund" + domain),
                "ferry-2",
                "I am new and cannot sign in",
                "Hello, I began at the ferry office on Monday. The invitation says that it is not valid any more.",
                null);
    }

    private @Nullable Person person(String externalId) {
        return database.sql("select name, email from accounts.contact where external_id = :id and email is not null")
                .param("id", externalId)
                .query((row, number) -> new Person(row.getString("name"), row.getString("email")))
                .optional()
                .orElse(null);
    }

    private String numbered(String externalId) {
        return database.sql("select '[#' || number || '] ' || subject from cases.support_case where external_id = :id")
                .param("id", externalId)
                .query(String.class)
                .optional()
                .orElse("Your help");
    }

    private void send(Person from, String id, String subject, String text, @Nullable String file) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC));
        String head = """
                From: %s <%s>
                To: help@lumenworks.example
                Date: %s
                Message-ID: <%s-%s@letters.example>
                Subject: %s
                MIME-Version: 1.0
                """.formatted(
                        from.name(), from.email(), date, id, clock.instant().toEpochMilli(), subject);
        String letter = file == null
                ? head + "Content-Type: " + (text.startsWith("<") ? "text/html" : "text/plain") + "; charset=utf-8\n\n"
                        + text
                : head
                        + """
                        Content-Type: multipart/mixed; boundary="edge"

                        --edge
                        Content-Type: text/plain; charset=utf-8

                        %s
                        --edge
                        Content-Type: text/csv; name="%2$s"
                        Content-Disposition: attachment; filename="%2$s"
                        Content-Transfer-Encoding: base64

                        %3$s
                        --edge--
                        """.formatted(
                                text, file, Base64.getEncoder().encodeToString(ROWS.getBytes(StandardCharsets.UTF_8)));
        try {
            box.take(new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
