package io.perennial.defects.notices;

import io.perennial.defects.Defect;
import io.perennial.defects.notices.CustomerNotice.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the product itself says in letters, in the reader's language and on the reader's clock. */
final class NoticeWords {

    private static final String FALLBACK = "en";

    /** Window (from, to), choose (link), answer without link, weekly subject, weekly greeting. */
    private record Words(String window, String choose, String answer, String weekly, String intro) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    "When: from %s to %s",
                    "What we tell you, and how often, is yours to choose: %s",
                    "To hear less of us, or nothing, just answer this letter.",
                    "News of the week",
                    "This is what happened since the last letter."),
            "de",
            new Words(
                    "Wann: von %s bis %s",
                    "Was wir Ihnen mitteilen und wie oft, bestimmen Sie: %s",
                    "Wenn Sie weniger oder nichts mehr von uns hören möchten, antworten Sie einfach auf diesen Brief.",
                    "Neues der Woche",
                    "Das ist seit dem letzten Brief geschehen."),
            "fr",
            new Words(
                    "Quand : du %s au %s",
                    "Vous choisissez ce que nous vous annonçons, et à quelle fréquence : %s",
                    "Pour recevoir moins de lettres, ou aucune, répondez simplement à celle-ci.",
                    "Les nouvelles de la semaine",
                    "Voici ce qui s'est passé depuis la dernière lettre."),
            "es",
            new Words(
                    "Cuándo: del %s al %s",
                    "Usted elige qué le contamos y con qué frecuencia: %s",
                    "Para recibir menos cartas, o ninguna, responda a este mensaje.",
                    "Novedades de la semana",
                    "Esto es lo que ha pasado desde la última carta."),
            "it",
            new Words(
                    "Quando: dal %s al %s",
                    "Scelga Lei che cosa Le comunichiamo e quanto spesso: %s",
                    "Per ricevere meno lettere, o nessuna, basta rispondere a questa.",
                    "Le novità della settimana",
                    "Ecco che cosa è successo dall'ultima lettera."));

    private NoticeWords() {}

    static String window(String language, Instant from, Instant to, ZoneId zone) {
        return words(language).window().formatted(time(language, from, zone), time(language, to, zone)) + " ("
                + zone.getId() + ")";
    }

    static String footer(String language, @Nullable String link) {
        Words words = words(language);
        return link == null ? words.answer() : words.choose().formatted(link);
    }

    static String weeklySubject(String language) {
        return words(language).weekly();
    }

    static String weeklyIntro(String language) {
        return words(language).intro();
    }

    /** What a fresh draft says already, to be changed. */
    static Map<String, Text> first(NoticeKind kind, @Nullable Defect defect) {
        if (defect == null) {
            return Map.of(FALLBACK, new Text("", ""));
        }
        String where = defect.where().isEmpty() ? "" : " in " + defect.where();
        return switch (kind) {
            case FIX ->
                Map.of(
                        FALLBACK,
                        new Text(
                                "Fixed: " + cut(defect.title()),
                                "Good news: what you told us about" + where + " is fixed"
                                        + (defect.fixedIn().isEmpty() ? "." : " in version " + defect.fixedIn() + ".")
                                        + "\n\n> " + line(defect.title())
                                        + "\n\nIf it still happens, just answer this letter.\n\nThank you for telling us."));
            case KNOWN_ISSUE ->
                Map.of(
                        FALLBACK,
                        new Text(
                                "Known issue: " + cut(defect.title()),
                                "We know of a problem" + where + ":\n\n> " + line(defect.title())
                                        + (defect.workaround().isEmpty()
                                                ? "\n\nWe work on it and tell you more."
                                                : "\n\n## What you can do meanwhile\n\n" + defect.workaround())));
            default -> Map.of(FALLBACK, new Text(cut(defect.title()), ""));
        };
    }

    private static String cut(String title) {
        return title.length() > 150 ? title.substring(0, 149) + "…" : title;
    }

    private static String line(String title) {
        return title.replace('\n', ' ');
    }

    private static String time(String language, Instant at, ZoneId zone) {
        String written = WORDS.containsKey(language) ? language : FALLBACK;
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(written.equals(FALLBACK) ? "en-GB" : written))
                .format(at.atZone(zone));
    }

    private static Words words(String language) {
        return Objects.requireNonNull(WORDS.getOrDefault(language, WORDS.get(FALLBACK)));
    }
}
