package io.perennial.onboarding;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What letters of an onboarding say, in the languages that the house writes. */
enum LetterWords {
    ENGLISH(
            Locale.ENGLISH,
            "d MMMM uuuu",
            "Dear %s,",
            "Welcome: what you bought and where to get help",
            "welcome to %s. This is what you can count on from today, %s:",
            "Included",
            "unlimited",
            "How to reach us",
            "A first answer to an urgent question",
            "within %s of service time",
            "Where to get help",
            "Who helps you",
            "The way to your first result",
            "Please confirm that you get in, and see what comes next:",
            "The next step at %s: %s",
            "we wanted to have \"%s\" together by %s, and it is still open. That happens; this gets it moving:",
            "What is next",
            "Also waiting",
            "Where you stand, and what comes after it:",
            "If something is in the way, just answer this letter: %s reads it.",
            "your success manager"),
    GERMAN(
            Locale.GERMAN,
            "d. MMMM uuuu",
            "Guten Tag %s,",
            "Willkommen: was Sie gekauft haben und wo Sie Hilfe bekommen",
            "willkommen bei %s. Darauf können Sie sich ab heute, %s, verlassen:",
            "Enthalten",
            "unbegrenzt",
            "So erreichen Sie uns",
            "Eine erste Antwort auf eine dringende Frage",
            "innerhalb von %s Servicezeit",
            "Wo Sie Hilfe bekommen",
            "Wer Ihnen hilft",
            "Der Weg zu Ihrem ersten Ergebnis",
            "Bitte bestätigen Sie, dass Ihr Zugang funktioniert, und sehen Sie, was als Nächstes kommt:",
            "Der nächste Schritt bei %s: %s",
            "\"%s\" wollten wir bis zum %s gemeinsam erreicht haben, und es ist noch offen. Das kommt vor; so geht es weiter:",
            "Als Nächstes",
            "Außerdem offen",
            "Wo Sie stehen und was danach kommt:",
            "Wenn etwas im Weg ist, antworten Sie einfach auf diesen Brief: %s liest ihn.",
            "Ihr Success Manager");

    private final Locale locale;
    private final DateTimeFormatter day;
    final String dear;
    final String welcomeSubject;
    final String welcome;
    final String included;
    final String unlimited;
    final String reach;
    final String answer;
    final String within;
    final String help;
    final String who;
    final String way;
    final String confirm;
    final String nextSubject;
    final String open;
    final String next;
    final String also;
    final String stand;
    final String inTheWay;
    final String nobody;

    LetterWords(Locale locale, String day, String... words) {
        this.locale = locale;
        this.day = DateTimeFormatter.ofPattern(day, locale);
        List<String> said = List.of(words);
        this.dear = said.get(0);
        this.welcomeSubject = said.get(1);
        this.welcome = said.get(2);
        this.included = said.get(3);
        this.unlimited = said.get(4);
        this.reach = said.get(5);
        this.answer = said.get(6);
        this.within = said.get(7);
        this.help = said.get(8);
        this.who = said.get(9);
        this.way = said.get(10);
        this.confirm = said.get(11);
        this.nextSubject = said.get(12);
        this.open = said.get(13);
        this.next = said.get(14);
        this.also = said.get(15);
        this.stand = said.get(16);
        this.inTheWay = said.get(17);
        this.nobody = said.get(18);
    }

    /** English for languages that the house does not write. */
    static LetterWords in(@Nullable String language) {
        return language != null && language.toLowerCase(Locale.ROOT).startsWith("de") ? GERMAN : ENGLISH;
    }

    String day(LocalDate date) {
        return day.format(date);
    }

    String say(String sentence, Object... parts) {
        return sentence.formatted(parts);
    }

    Locale locale() {
        return locale;
    }
}
