package io.perennial.defects.web;

import io.perennial.defects.notices.Audience;
import io.perennial.defects.notices.CustomerNotice;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.NoticeDraft;
import io.perennial.defects.notices.NoticeKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What the form of a notice holds, as typed. */
public record NoticeForm(
        NoticeKind kind, Map<String, Text> texts, String from, String to, String zone, Audience audience) {

    private static final String SUBJECT = "subject-";
    private static final String BODY = "body-";
    private static final int MOST_LANGUAGES = 20;

    static NoticeForm of(CustomerNotice notice) {
        return new NoticeForm(
                notice.kind(),
                new TreeMap<>(notice.texts()),
                local(notice.windowFrom()),
                local(notice.windowTo()),
                "UTC",
                notice.audience());
    }

    static NoticeForm of(MultiValueMap<String, String> typed, CustomerNotice notice) {
        Map<String, Text> texts = new TreeMap<>();
        typed.keySet().stream()
                .filter(name -> name.startsWith(SUBJECT))
                .map(name -> name.substring(SUBJECT.length()))
                .filter(language -> language.matches("[a-z]{2}"))
                .limit(MOST_LANGUAGES)
                .forEach(language ->
                        texts.put(language, new Text(one(typed, SUBJECT + language), one(typed, BODY + language))));
        Audience before = notice.audience();
        Audience audience = before.asked()
                ? before
                : new Audience(
                        typed.containsKey("everybody"),
                        some(typed, "product"),
                        some(typed, "program"),
                        some(typed, "segment"),
                        some(typed, "role"),
                        typed.containsKey("affected") ? notice.defect() : null,
                        false);
        return new NoticeForm(
                NoticeKind.find(one(typed, "kind")).orElse(notice.kind()),
                texts,
                one(typed, "from"),
                one(typed, "to"),
                one(typed, "zone").isBlank() ? "UTC" : one(typed, "zone"),
                audience);
    }

    NoticeDraft draft() {
        return new NoticeDraft(kind, texts, from, to, zone, audience);
    }

    private static String one(MultiValueMap<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.getFirst(name), "");
    }

    private static List<String> some(MultiValueMap<String, String> typed, String name) {
        return typed.getOrDefault(name, List.of());
    }

    private static String local(@Nullable Instant at) {
        return at == null ? "" : at.atZone(ZoneOffset.UTC).toLocalDateTime().toString();
    }
}
