package io.perennial.cases.desk;

import io.perennial.programs.Priority;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the customer is told, in the language of the person and the time of their place. Makes texts only: they are kept as
 * messages to be sent, and whoever delivers mail takes them from there.
 */
@Component
class CaseLetters {

    private static final String FALLBACK = "en";

    /** Greeting, received (number, subject), answer due (time), no time promised, solved, satisfaction, names of priorities. */
    private record Words(
            String greeting,
            String received,
            String due,
            String soon,
            String solved,
            String satisfaction,
            String graded) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    "Hello %s,",
                    "we have your request \"%2$s\" under number %1$s.",
                    "A person answers you by %s.",
                    "A person answers you as soon as possible.",
                    "Your request %s is solved. If it is not, just answer, and the same person goes on with it.",
                    "How satisfied are you with the way we handled request %s?",
                    "Priority: %s."),
            "de",
            new Words(
                    "Guten Tag %s,",
                    "Ihre Anfrage „%2$s“ ist bei uns unter der Nummer %1$s eingegangen.",
                    "Sie erhalten bis %s eine persönliche Antwort.",
                    "Sie erhalten so bald wie möglich eine persönliche Antwort.",
                    "Ihre Anfrage %s ist gelöst. Falls nicht, antworten Sie einfach; dieselbe Person kümmert sich"
                            + " weiter darum.",
                    "Wie zufrieden sind Sie damit, wie wir Anfrage %s bearbeitet haben?",
                    "Priorität: %s."),
            "fr",
            new Words(
                    "Bonjour %s,",
                    "nous avons bien reçu votre demande « %2$s » sous le numéro %1$s.",
                    "Une personne vous répondra avant le %s.",
                    "Une personne vous répondra dès que possible.",
                    "Votre demande %s est résolue. Sinon, répondez simplement : la même personne s'en occupera.",
                    "Êtes-vous satisfait de la façon dont nous avons traité la demande %s ?",
                    "Priorité : %s."),
            "es",
            new Words(
                    "Hola, %s:",
                    "hemos recibido su solicitud «%2$s» con el número %1$s.",
                    "Una persona le responderá antes del %s.",
                    "Una persona le responderá lo antes posible.",
                    "Su solicitud %s está resuelta. Si no es así, responda a este mensaje y la misma persona seguirá"
                            + " con ella.",
                    "¿Qué tan satisfecho está con la forma en que atendimos la solicitud %s?",
                    "Prioridad: %s."),
            "it",
            new Words(
                    "Buongiorno %s,",
                    "abbiamo ricevuto la Sua richiesta «%2$s» con il numero %1$s.",
                    "Una persona Le risponderà entro il %s.",
                    "Una persona Le risponderà il prima possibile.",
                    "La Sua richiesta %s è risolta. In caso contrario basta rispondere: se ne occuperà la stessa"
                            + " persona.",
                    "Quanto è soddisfatto di come abbiamo gestito la richiesta %s?",
                    "Priorità: %s."));

    private static final Map<String, String[]> PRIORITIES = Map.of(
            "en", new String[] {"urgent", "high", "medium", "low"},
            "de", new String[] {"dringend", "hoch", "mittel", "niedrig"},
            "fr", new String[] {"urgente", "haute", "moyenne", "basse"},
            "es", new String[] {"urgente", "alta", "media", "baja"},
            "it", new String[] {"urgente", "alta", "media", "bassa"});

    /** @param zone where the person is */
    record Reader(@Nullable String name, @Nullable String language, ZoneId zone) {

        /** One that we can write; English when we cannot write theirs. */
        String written() {
            String primary = language == null
                    ? FALLBACK
                    : Locale.forLanguageTag(language.replace('_', '-')).getLanguage();
            return WORDS.containsKey(primary) ? primary : FALLBACK;
        }
    }

    /** Says at once that the request is here, and until when a person answers, on the reader's clock. */
    String acknowledgement(Reader reader, long number, String subject, Priority priority, @Nullable Instant due) {
        Words words = words(reader);
        return greeting(reader, words) + "\n\n" + capital(words.received().formatted("#" + number, subject)) + "\n"
                + words.graded().formatted(priority(reader, priority)) + "\n"
                + (due == null ? words.soon() : words.due().formatted(time(reader, due)));
    }

    String solved(Reader reader, long number) {
        Words words = words(reader);
        return greeting(reader, words) + "\n\n" + words.solved().formatted("#" + number);
    }

    String satisfaction(Reader reader, long number) {
        Words words = words(reader);
        return greeting(reader, words) + "\n\n" + words.satisfaction().formatted("#" + number);
    }

    private static String time(Reader reader, Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                        .withLocale(Locale.forLanguageTag(reader.written().equals("en") ? "en-GB" : reader.written()))
                        .format(at.atZone(reader.zone()))
                + " (" + reader.zone().getId() + ")";
    }

    private static String greeting(Reader reader, Words words) {
        return words.greeting()
                .formatted(reader.name() == null ? "" : reader.name())
                .replace(" ,", ",");
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String priority(Reader reader, Priority priority) {
        String[] names = PRIORITIES.get(reader.written());
        return names == null ? priority.key() : names[priority.ordinal()];
    }

    private static Words words(Reader reader) {
        return java.util.Objects.requireNonNull(WORDS.get(reader.written()));
    }
}
