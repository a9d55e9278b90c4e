package io.perennial.renewals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What letters about renewals say by themselves, in the reader's language; companies put their own words in their place. */
public final class NoticeWords {

    static final String FALLBACK = "en";

    /** @param body plain, with places in braces */
    public record Text(String subject, String body) {}

    private record Words(
            Text notice,
            Text reminder,
            String automatic,
            String manual,
            String now,
            String uplift,
            String less,
            String from,
            String year,
            String oneMore,
            String more) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    new Text("Your renewal of {product} on {due}", """
                            Dear {name},

                            your term of {product} at {customer} ends on {due}. So that you can plan for it, this is what the next term costs:

                            {price}

                            {way}

                            If anything should change, or if somebody else decides about this now, just answer this letter.

                            Kind regards
                            {sender}"""),
                    new Text("Reminder: your renewal of {product} on {due}", """
                            Dear {name},

                            we wrote to you about the renewal of {product} at {customer} on {due} and have not heard from you yet.

                            {price}

                            {way}

                            Are you the right person? A short answer helps us.

                            Kind regards
                            {sender}"""),
                    "It renews by itself unless you tell us otherwise by {notice}.",
                    "It does not renew by itself: please tell us by {notice} how you would like to go on.",
                    "Now",
                    "Increase",
                    "Reduction",
                    "From %s",
                    "a year",
                    "and 1 more",
                    "and %d more"),
            "de",
            new Words(
                    new Text("Ihre Verlängerung von {product} am {due}", """
                            Guten Tag {name},

                            Ihre Laufzeit von {product} bei {customer} endet am {due}. Damit Sie planen können, das kostet die nächste:

                            {price}

                            {way}

                            Wenn sich etwas ändern soll oder jetzt jemand anderes darüber entscheidet, antworten Sie einfach auf diesen Brief.

                            Mit freundlichen Grüßen
                            {sender}"""),
                    new Text("Erinnerung: Ihre Verlängerung von {product} am {due}", """
                            Guten Tag {name},

                            wir haben Ihnen wegen der Verlängerung von {product} bei {customer} am {due} geschrieben und noch nichts von Ihnen gehört.

                            {price}

                            {way}

                            Sind Sie die richtige Person? Eine kurze Antwort hilft uns.

                            Mit freundlichen Grüßen
                            {sender}"""),
                    "Sie verlängert sich von selbst, wenn Sie uns bis {notice} nichts anderes sagen.",
                    "Sie verlängert sich nicht von selbst: bitte sagen Sie uns bis {notice}, wie es weitergehen soll.",
                    "Bisher",
                    "Erhöhung",
                    "Ermäßigung",
                    "Ab %s",
                    "im Jahr",
                    "und 1 weiteres",
                    "und %d weitere"),
            "fr",
            new Words(
                    new Text("Votre renouvellement de {product} le {due}", """
                            Bonjour {name},

                            votre contrat {product} chez {customer} se termine le {due}. Pour votre budget, voici le prix de la période suivante :

                            {price}

                            {way}

                            Si quelque chose doit changer, ou si une autre personne en décide désormais, répondez simplement à cette lettre.

                            Cordialement
                            {sender}"""),
                    new Text("Rappel : votre renouvellement de {product} le {due}", """
                            Bonjour {name},

                            nous vous avons écrit au sujet du renouvellement de {product} chez {customer} le {due} et n'avons pas encore de réponse.

                            {price}

                            {way}

                            Êtes-vous la bonne personne ? Une courte réponse nous aide.

                            Cordialement
                            {sender}"""),
                    "Il se renouvelle de lui-même, sauf avis contraire de votre part avant le {notice}.",
                    "Il ne se renouvelle pas de lui-même : dites-nous avant le {notice} comment vous souhaitez continuer.",
                    "Aujourd'hui",
                    "Augmentation",
                    "Réduction",
                    "À partir du %s",
                    "par an",
                    "et 1 autre",
                    "et %d autres"),
            "es",
            new Words(
                    new Text("Su renovación de {product} el {due}", """
                            Estimado/a {name}:

                            su contrato de {product} en {customer} termina el {due}. Para que pueda planificarlo, este es el precio del siguiente periodo:

                            {price}

                            {way}

                            Si algo debe cambiar, o si ahora decide otra persona, responda a esta carta.

                            Saludos cordiales
                            {sender}"""),
                    new Text("Recordatorio: su renovación de {product} el {due}", """
                            Estimado/a {name}:

                            le escribimos sobre la renovación de {product} en {customer} el {due} y aún no tenemos respuesta.

                            {price}

                            {way}

                            ¿Es usted la persona indicada? Una respuesta breve nos ayuda.

                            Saludos cordiales
                            {sender}"""),
                    "Se renueva por sí solo si no nos dice otra cosa antes del {notice}.",
                    "No se renueva por sí solo: díganos antes del {notice} cómo desea continuar.",
                    "Ahora",
                    "Aumento",
                    "Reducción",
                    "Desde el %s",
                    "al año",
                    "y 1 más",
                    "y %d más"),
            "it",
            new Words(
                    new Text("Il Suo rinnovo di {product} il {due}", """
                            Gentile {name},

                            il contratto di {product} presso {customer} termina il {due}. Perché possa programmarlo, ecco il prezzo del periodo successivo:

                            {price}

                            {way}

                            Se qualcosa deve cambiare, o se ora decide un'altra persona, risponda a questa lettera.

                            Cordiali saluti
                            {sender}"""),
                    new Text("Promemoria: il Suo rinnovo di {product} il {due}", """
                            Gentile {name},

                            Le abbiamo scritto del rinnovo di {product} presso {customer} il {due} e non abbiamo ancora ricevuto risposta.

                            {price}

                            {way}

                            È Lei la persona giusta? Una breve risposta ci aiuta.

                            Cordiali saluti
                            {sender}"""),
                    "Si rinnova da sé, se non ci dice altro entro il {notice}.",
                    "Non si rinnova da sé: ci dica entro il {notice} come desidera proseguire.",
                    "Ora",
                    "Aumento",
                    "Riduzione",
                    "Dal %s",
                    "all'anno",
                    "e 1 altro",
                    "e %d altri"));

    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it");

    private NoticeWords() {}

    /** The language in which we write to somebody who reads that one. */
    static String written(@Nullable String language) {
        String two = language == null || language.length() < 2
                ? FALLBACK
                : language.substring(0, 2).toLowerCase(Locale.ROOT);
        return WORDS.containsKey(two) ? two : FALLBACK;
    }

    static Text shipped(Paper paper, String language) {
        Words words = words(language);
        return switch (paper) {
            case NOTICE -> words.notice();
            case REMINDER -> words.reminder();
            case QUOTE -> QuoteWords.of(language).shipped();
        };
    }

    /** What it is about, such as "Planner and 1 more". */
    static String product(Renewal renewal, String language) {
        int more = renewal.products() - 1;
        return more < 1
                ? renewal.product()
                : renewal.product() + " "
                        + (more == 1
                                        ? words(language).oneMore()
                                        : words(language).more())
                                .replace("%d", "" + more);
    }

    static String way(boolean automatic, String language) {
        return automatic ? words(language).automatic() : words(language).manual();
    }

    /** What it costs now, what comes to it, and what it will cost; to the decimals of the currency. */
    static String price(Renewal renewal, List<RenewalWork.Fee> fees, String language) {
        Words words = words(language);
        BigDecimal uplift = renewal.proposed().subtract(renewal.fees()).subtract(renewal.now());
        StringBuilder lines = new StringBuilder();
        line(lines, words.now(), renewal.now(), renewal.currency(), words.year(), language);
        if (uplift.signum() != 0) {
            line(
                    lines,
                    uplift.signum() > 0 ? words.uplift() : words.less(),
                    uplift,
                    renewal.currency(),
                    words.year(),
                    language);
        }
        fees.forEach(fee -> line(lines, fee.title(), fee.amount(), renewal.currency(), words.year(), language));
        line(
                lines,
                words.from().formatted(LocalFormats.day(renewal.dueOn(), language)),
                renewal.proposed(),
                renewal.currency(),
                words.year(),
                language);
        return lines.toString().strip();
    }

    private static void line(
            StringBuilder lines, String title, BigDecimal amount, String currency, String year, String language) {
        lines.append(title)
                .append(": ")
                .append(LocalFormats.money(amount, currency, language))
                .append(' ')
                .append(year)
                .append('\n');
    }

    private static Words words(String language) {
        return Objects.requireNonNull(WORDS.getOrDefault(language, WORDS.get(FALLBACK)));
    }
}
