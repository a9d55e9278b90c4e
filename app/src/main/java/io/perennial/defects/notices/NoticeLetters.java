package io.perennial.defects.notices;

import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.knowledge.Articles;
import io.perennial.mail.Letter;
import io.perennial.mail.Purpose;
import io.perennial.platform.web.PublicAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the letters of notices: the text in the reader's language, a window on the reader's clock, the way to less of them. */
@Component
public class NoticeLetters {

    private final Articles articles;
    private final Wishes wishes;
    private final PublicAddress address;

    NoticeLetters(Articles articles, Wishes wishes, PublicAddress address) {
        this.articles = articles;
        this.wishes = wishes;
        this.address = address;
    }

    /** To whom a letter goes. */
    record To(UUID contact, UUID account, String name, String address, String language, String zone) {}

    /** A letter as its reader sees it; {@code html} is harmless. */
    public record Sample(String subject, String text, String html) {}

    /** As a reader of that language in that zone gets it, without the link that is theirs alone. */
    public Sample sample(CustomerNotice notice, String language, String zone) {
        Text text = notice.text(language);
        String window = window(notice, notice.written(language), zone);
        String footer = NoticeWords.footer(notice.written(language), address.isKnown() ? "…" : null);
        return new Sample(text.subject(), plain(text.body(), window, footer), html(text.body(), window, footer));
    }

    /** @throws IllegalArgumentException when the address is none */
    Letter letter(CustomerNotice notice, To to) {
        String language = notice.written(to.language());
        Text text = notice.text(to.language());
        String window = window(notice, language, to.zone());
        String link = link(to.contact());
        String footer = NoticeWords.footer(language, link);
        return letter(
                key(notice, to.contact()),
                notice.purpose(),
                text.subject(),
                plain(text.body(), window, footer),
                html(text.body(), window, footer),
                link,
                to);
    }

    /** The same letter to the same person; of a fix: the same release of the same defect. */
    static String key(CustomerNotice notice, UUID contact) {
        return "notice:" + (notice.kind() == NoticeKind.FIX ? notice.key() : notice.id()) + ":" + contact;
    }

    /** Several in one. */
    Letter weekly(List<CustomerNotice> notices, String monday, To to) {
        String language = notices.getFirst().written(to.language());
        String link = link(to.contact());
        String footer = NoticeWords.footer(language, link);
        StringBuilder plain = new StringBuilder(NoticeWords.weeklyIntro(language));
        StringBuilder html = new StringBuilder("<p>" + escaped(NoticeWords.weeklyIntro(language)) + "</p>");
        for (CustomerNotice notice : notices) {
            Text text = notice.text(to.language());
            String window = window(notice, notice.written(to.language()), to.zone());
            plain.append("\n\n\n* ").append(text.subject()).append("\n\n").append(plain(text.body(), window, ""));
            html.append("<h2>").append(escaped(text.subject())).append("</h2>").append(html(text.body(), window, ""));
        }
        return letter(
                "notices-weekly:" + to.contact() + ":" + monday,
                "notice-weekly",
                NoticeWords.weeklySubject(language),
                plain + "\n\n-- \n" + footer,
                html + "<hr><p>" + linked(footer) + "</p>",
                link,
                to);
    }

    private static Letter letter(
            String key, String purpose, String subject, String text, String html, @Nullable String link, To to) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Precedence", "bulk");
        if (link != null) {
            headers.put("List-Unsubscribe", "<" + link + ">");
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return new Letter(
                key,
                to.address(),
                to.name(),
                subject,
                text,
                html,
                headers,
                List.of(),
                purpose,
                to.account(),
                to.contact(),
                Purpose.SERVICE);
    }

    private @Nullable String link(UUID contact) {
        return address.isKnown()
                ? address.of("/letters/" + wishes.token(contact)).orElse(null)
                : null;
    }

    private static @Nullable String window(CustomerNotice notice, String language, String zone) {
        Instant from = notice.windowFrom();
        Instant to = notice.windowTo();
        return notice.kind() != NoticeKind.MAINTENANCE || from == null || to == null
                ? null
                : NoticeWords.window(language, from, to, zone(zone));
    }

    private static String plain(String body, @Nullable String window, String footer) {
        return (window == null ? "" : window + "\n\n") + body + (footer.isEmpty() ? "" : "\n\n-- \n" + footer);
    }

    private String html(String body, @Nullable String window, String footer) {
        return (window == null ? "" : "<p><strong>" + escaped(window) + "</strong></p>")
                + articles.preview(body)
                + (footer.isEmpty() ? "" : "<hr><p>" + linked(footer) + "</p>");
    }

    private static String linked(String footer) {
        return escaped(footer).replaceAll("(https?://[^\\s&<]+)", "<a href=\"$1\">$1</a>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
