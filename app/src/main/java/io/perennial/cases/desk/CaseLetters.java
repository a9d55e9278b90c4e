package io.perennial.cases.desk;

import io.perennial.mail.IncomingLetter;
import io.perennial.mail.MailSettings;
import io.perennial.programs.Priority;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the customer is told, in the language of the person and the time of their place. Makes texts only: they are kept as
 * messages to be sent, and whoever delivers mail takes them from there.
 */
@Component
class CaseLetters {

    private static final String FALLBACK = "en";

    /**
     * Greeting, received (number, subject), answer due (time), no time promised, solved, satisfaction, names of priorities,
     * file too large (name, limit), too many files (name, how many), what to do instead.
     */
    private record Words(
            String greeting,
            String received,
            String due,
            String soon,
            String solved,
            String satisfaction,
            String graded,
            String tooLarge,
            String tooMany,
            String instead) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    "Hello %s,",
                    "we have your request \"%2$s\" under number %1$s.",
                    "A person answers you by %s.",
                    "A person answers you as soon as possible.",
                    "Your request %s is solved. If it is not, just answer, and the same person goes on with it.",
                    "How satisfied are you with the way we handled request %s?",
                    "Priority: %s.",
                    "The file %s was not kept: we take files of up to %s.",
                    "The file %s was not kept: we take up to %s files with a letter.",
                    "Please send it in smaller parts, or tell us where we can fetch it. Everything else of your letter has arrived."),
            "de",
            new Words(
                    "Guten Tag %s,",
                    "Ihre Anfrage „%2$s“ ist bei uns unter der Nummer %1$s eingegangen.",
                    "Sie erhalten bis %s eine persönliche Antwort.",
                    "Sie erhalten so bald wie möglich eine persönliche Antwort.",
                    "Ihre Anfrage %s ist gelöst. Falls nicht, antworten Sie einfach; dieselbe Person kümmert sich"
                            + " weiter darum.",
                    "Wie zufrieden sind Sie damit, wie wir Anfrage %s bearbeitet haben?",
                    "Priorität: %s.",
                    "Die Datei %s wurde nicht übernommen: Wir nehmen Dateien bis %s an.",
                    "Die Datei %s wurde nicht übernommen: Wir nehmen bis zu %s Dateien je Nachricht an.",
                    "Bitte senden Sie sie in kleineren Teilen, oder sagen Sie uns, wo wir sie abholen können. Alles Übrige ist angekommen."),
            "fr",
            new Words(
                    "Bonjour %s,",
                    "nous avons bien reçu votre demande « %2$s » sous le numéro %1$s.",
                    "Une personne vous répondra avant le %s.",
                    "Une personne vous répondra dès que possible.",
                    "Votre demande %s est résolue. Sinon, répondez simplement : la même personne s'en occupera.",
                    "Êtes-vous satisfait de la façon dont nous avons traité la demande %s ?",
                    "Priorité : %s.",
                    "Le fichier %s n'a pas été conservé : nous acceptons des fichiers jusqu'à %s.",
                    "Le fichier %s n'a pas été conservé : nous acceptons jusqu'à %s fichiers par message.",
                    "Merci de l'envoyer en plusieurs parties, ou de nous dire où nous pouvons le récupérer. Le reste de votre message est bien arrivé."),
            "es",
            new Words(
                    "Hola, %s:",
                    "hemos recibido su solicitud «%2$s» con el número %1$s.",
                    "Una persona le responderá antes del %s.",
                    "Una persona le responderá lo antes posible.",
                    "Su solicitud %s está resuelta. Si no es así, responda a este mensaje y la misma persona seguirá"
                            + " con ella.",
                    "¿Qué tan satisfecho está con la forma en que atendimos la solicitud %s?",
                    "Prioridad: %s.",
                    "No hemos conservado el archivo %s: aceptamos archivos de hasta %s.",
                    "No hemos conservado el archivo %s: aceptamos hasta %s archivos por mensaje.",
                    "Envíelo en partes más pequeñas o díganos dónde podemos recogerlo. El resto de su mensaje ha llegado."),
            "it",
            new Words(
                    "Buongiorno %s,",
                    "abbiamo ricevuto la Sua richiesta «%2$s» con il numero %1$s.",
                    "Una persona Le risponderà entro il %s.",
                    "Una persona Le risponderà il prima possibile.",
                    "La Sua richiesta %s è risolta. In caso contrario basta rispondere: se ne occuperà la stessa"
                            + " persona.",
                    "Quanto è soddisfatto di come abbiamo gestito la richiesta %s?",
                    "Priorità: %s.",
                    "Il file %s non è stato conservato: accettiamo file fino a %s.",
                    "Il file %s non è stato conservato: accettiamo fino a %s file per messaggio.",
                    "La preghiamo di inviarlo in parti più piccole o di dirci dove possiamo prelevarlo. Il resto del messaggio è arrivato."));

    private static final Map<String, String[]> PRIORITIES = Map.of(
            "en", new String[] {"urgent", "high", "medium", "low"},
            "de", new String[] {"dringend", "hoch", "mittel", "niedrig"},
            "fr", new String[] {"urgente", "haute", "moyenne", "basse"},
            "es", new String[] {"urgente", "alta", "media", "baja"},
            "it", new String[] {"urgente", "alta", "media", "bassa"});

    private final MailSettings.Limits limits;

    CaseLetters(MailSettings settings) {
        this.limits = settings.limits();
    }

    /** @param zone where the person is */
    record Reader(@Nullable String name, @Nullable String language, ZoneId zone) {

        /** One that we can write; English when we cannot write theirs. */
        String written() {
            return CaseLetters.written(language);
        }
    }

    /** @param language any tag, or null */
    static String written(@Nullable String language) {
        String primary = language == null
                ? FALLBACK
                : Locale.forLanguageTag(language.replace('_', '-')).getLanguage();
        return WORDS.containsKey(primary) ? primary : FALLBACK;
    }

    /**
     * Says at once that the request is here, until when a person answers, on the reader's clock, and which files of the
     * letter were not taken.
     */
    String acknowledgement(
            Reader reader,
            long number,
            String subject,
            Priority priority,
            @Nullable Instant due,
            @Nullable IncomingLetter letter) {
        Words words = words(reader);
        String refused = letter == null || letter.refusedFiles().isEmpty() ? "" : "\n\n" + files(words, letter);
        return greeting(reader, words) + "\n\n" + capital(words.received().formatted("#" + number, subject)) + "\n"
                + words.graded().formatted(priority(reader, priority)) + "\n"
                + (due == null ? words.soon() : words.due().formatted(time(reader, due))) + refused;
    }

    /** Which files of an answer were not taken. */
    String filesRefused(Reader reader, IncomingLetter letter) {
        Words words = words(reader);
        return greeting(reader, words) + "\n\n" + files(words, letter);
    }

    private String files(Words words, IncomingLetter letter) {
        long limit = limits.file().toBytes();
        String lines = letter.refusedFiles().stream()
                .map(file -> file.bytes() > limit
                        ? words.tooLarge().formatted(file.name(), limits.file().toMegabytes() + " MB")
                        : words.tooMany().formatted(file.name(), limits.files()))
                .collect(Collectors.joining("\n"));
        return lines + "\n" + words.instead();
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
        return Objects.requireNonNull(WORDS.get(reader.written()));
    }
}
