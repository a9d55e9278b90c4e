package io.perennial.mail.out;

import io.perennial.mail.MailSettings;
import io.perennial.mail.Purpose;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.mail.out.DueLetters.Due;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What stands under letters that nobody asked for: why they come, how to get no more of them, and who sends them. */
@Component
class LetterFoot {

    private static final String FALLBACK = "en";

    /** @param why of the reader's company @param stop before the link */
    private record Words(String why, String stop) {}

    private static final Map<String, Words> WORDS = Map.of(
            FALLBACK,
            new Words("You get this letter because your company uses our product.", "No more of them, or other hours:"),
            "de",
            new Words(
                    "Sie erhalten diesen Brief, weil Ihr Unternehmen unser Produkt nutzt.",
                    "Keine weiteren, oder zu anderen Zeiten:"),
            "fr",
            new Words(
                    "Vous recevez cette lettre parce que votre entreprise utilise notre produit.",
                    "Ne plus en recevoir, ou à d'autres heures :"),
            "es",
            new Words(
                    "Recibe esta carta porque su empresa utiliza nuestro producto.",
                    "No recibir más, o recibirlas a otras horas:"),
            "it",
            new Words(
                    "Riceve questa lettera perché la Sua azienda usa il nostro prodotto.",
                    "Non riceverne più, o in altri orari:"),
            "nl",
            new Words("U krijgt deze brief omdat uw bedrijf ons product gebruikt.", "Niet meer, of op andere tijden:"));

    private final UnsubscribeLinks links;
    private final MailSettings settings;

    LetterFoot(UnsubscribeLinks links, MailSettings settings) {
        this.links = links;
        this.settings = settings;
    }

    /** Not under letters that were asked for, nor under those that bring their own way out. */
    boolean belongsUnder(Due letter) {
        return letter.serves() != Purpose.TRANSACTIONAL
                && letter.headers().stream().noneMatch(line -> line.regionMatches(true, 0, "List-Unsubscribe:", 0, 17));
    }

    /** With the lines before it; empty where none belongs. */
    String plain(Due letter) {
        if (!belongsUnder(letter)) {
            return "";
        }
        Words words = words(letter);
        String way = links.link(letter.id())
                .map(link -> "\n" + words.stop() + " " + link)
                .orElse("");
        String house = settings.postalAddress().isBlank() ? "" : "\n" + house();
        return "\n\n-- \n" + words.why() + way + house + "\n";
    }

    String html(Due letter) {
        if (!belongsUnder(letter)) {
            return "";
        }
        Words words = words(letter);
        String way = links.link(letter.id())
                .map(link -> "<br>" + escaped(words.stop()) + " <a href=\"" + link + "\">" + link + "</a>")
                .orElse("");
        String house = settings.postalAddress().isBlank() ? "" : "<br>" + escaped(house());
        return "<hr><p><small>" + escaped(words.why()) + way + house + "</small></p>";
    }

    private String house() {
        return settings.fromName().isBlank()
                ? settings.postalAddress()
                : settings.fromName() + ", " + settings.postalAddress();
    }

    private static Words words(Due letter) {
        String language = letter.headers().stream()
                .filter(line -> line.regionMatches(true, 0, "Content-Language:", 0, 17))
                .map(line -> line.substring(17).strip().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(FALLBACK);
        String known = language.length() > 2 ? language.substring(0, 2) : language;
        return Objects.requireNonNull(WORDS.getOrDefault(known, WORDS.get(FALLBACK)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
