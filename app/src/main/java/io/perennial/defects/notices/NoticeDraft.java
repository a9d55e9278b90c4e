package io.perennial.defects.notices;

import io.perennial.defects.DefectRefused;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.knowledge.Language;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into the form of a notice.
 *
 * @param zone in which the window was typed
 */
public record NoticeDraft(
        NoticeKind kind, Map<String, Text> texts, String from, String to, String zone, Audience audience) {

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 20_000;

    /** @throws DefectRefused with what is wrong; an unfinished draft is not wrong */
    NoticeDraft checked() {
        Map<String, Text> clean = new TreeMap<>();
        texts.forEach((language, text) -> {
            String subject = text.subject().strip().replaceAll("\\s+", " ");
            String body = text.body().replace("\r\n", "\n").strip();
            if (subject.length() > LONGEST_SUBJECT || body.length() > LONGEST_BODY) {
                throw new DefectRefused("A subject has up to 200 characters, a text up to 20,000.");
            }
            if ((subject + body).indexOf('\0') >= 0 || Language.find(language).isEmpty()) {
                throw new DefectRefused("The text has a character that cannot be stored. Type it again.");
            }
            clean.put(language, new Text(subject, body));
        });
        Instant begins = moment(from);
        Instant ends = moment(to);
        if ((begins == null) != (ends == null) || begins != null && ends != null && !ends.isAfter(begins)) {
            throw new DefectRefused("A maintenance begins and ends, in this order.");
        }
        return new NoticeDraft(kind, clean, from, to, zone, audience);
    }

    @Nullable
    Instant begins() {
        return moment(from);
    }

    @Nullable
    Instant ends() {
        return moment(to);
    }

    private @Nullable Instant moment(String typed) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            return LocalDateTime.parse(typed.strip())
                    .atZone(ZoneId.of(zone.strip()))
                    .toInstant();
        } catch (DateTimeException e) {
            throw new DefectRefused("Write times as 2026-11-28T22:00, in a time zone such as Europe/Oslo.");
        }
    }
}
