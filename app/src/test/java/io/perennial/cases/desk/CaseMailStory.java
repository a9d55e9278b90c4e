package io.perennial.cases.desk;

import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Ana Berg of Oslo Ferry writes to the house in German; Sam answers. The house answers urgent cases within an hour, others within four. */
abstract class CaseMailStory extends MailStory {

    static final String VERIFIED =
            "Authentication-Results: mx.lumenworks.example; dkim=pass header.d=oslo-ferry.example\n";

    @Autowired
    People people;

    @Autowired
    Satisfaction satisfaction;

    AccountId ferry;
    UUID ana;
    Visitor sam;

    @BeforeEach
    void osloFerryIsKnown() {
        readers.take(letter -> false);
        Book book = new Book(database);
        ferry = book.account("ferry", "Oslo Ferry");
        ana = person(book, ferry, "Ana Berg", CUSTOMER);
        DeskPromise.of(database);
        sam = people.support();
    }

    UUID person(Book book, AccountId account, String name, String address) {
        UUID id = book.contact(account, name, "champion", null, null);
        database.sql("""
                update accounts.contact set email = :address, language = 'de', time_zone = 'Europe/Berlin' where id = :id
                """).param("address", address).param("id", id).update();
        return id;
    }

    /** A letter of somebody, with further lines of its head. */
    static String from(String address, String messageId, String subject, String head, String text) {
        return """
            %sFrom: Ana Berg <%s>
            To: help@lumenworks.example
            Date: Tue, 24 Nov 2026 08:00:00 +0000
            Message-ID: <%s>
            Subject: %s
            Content-Type: text/plain; charset=utf-8

            %s
            """.formatted(head, address, messageId, subject, text);
    }

    /** An answer of Ana to a letter of ours. */
    static String answering(String ours, String messageId, String text) {
        return from(
                CUSTOMER, messageId, "Re: your letter", "In-Reply-To: " + ours + "\nReferences: " + ours + "\n", text);
    }

    UUID onlyCase() {
        return database.sql("select id from cases.support_case")
                .query(UUID.class)
                .single();
    }

    long cases() {
        return database.sql("select count(*) from cases.support_case")
                .query(Long.class)
                .single();
    }

    String state(UUID id) {
        return database.sql("select state from cases.support_case where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    long number(UUID id) {
        return database.sql("select number from cases.support_case where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    Document page(UUID id) {
        return Jsoup.parse(sam.get("/cases/" + id).body());
    }

    String seen(UUID id) {
        return page(id).select("input[name=seen]").getFirst().val();
    }

    HttpResponse<String> reply(UUID id, String text, String draft) {
        return sam.post(
                "/cases/" + id + "/messages", Map.of("kind", "reply", "body", text, "draft", draft, "seen", seen(id)));
    }

    HttpResponse<String> resolve(UUID id, String told) {
        return sam.post(
                "/cases/" + id + "/resolution",
                Map.of(
                        "cause",
                        "how-to",
                        "told",
                        told,
                        "draft",
                        UUID.randomUUID().toString(),
                        "seen",
                        seen(id)));
    }

    /** A form with a file, as a browser sends it. */
    HttpResponse<String> replyWith(UUID id, String text, String draft, String name, byte[] content) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("_csrf", sam.formToken());
        fields.put("kind", "reply");
        fields.put("body", text);
        fields.put("draft", draft);
        fields.put("seen", seen(id));
        return multipart("/cases/" + id + "/messages", fields, name, content);
    }

    HttpResponse<String> multipart(String path, Map<String, String> fields, String name, byte[] content) {
        String edge = "edge-of-the-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((field, value) -> write(
                body,
                "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n"));
        write(
                body,
                "--" + edge + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n--" + edge + "--\r\n");
        return sam.send(
                "POST",
                path,
                BodyPublishers.ofByteArray(body.toByteArray()),
                Map.of("Content-Type", "multipart/form-data; boundary=" + edge));
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last letter that Ana got. */
    MimeMessage last() throws MessagingException {
        MimeMessage[] all = sent(CUSTOMER);
        return all[all.length - 1];
    }

    static String text(MimeMessage letter) throws MessagingException, IOException {
        Object content = letter.getContent();
        while (content instanceof MimeMultipart parts) {
            BodyPart first = parts.getBodyPart(0);
            content = first.getContent();
        }
        return String.valueOf(content).replace("\r\n", "\n");
    }

    static String header(MimeMessage letter, String name) throws MessagingException {
        String value = letter.getHeader(name, " ");
        return value == null ? "" : value.replaceAll("\\s+", " ");
    }
}
