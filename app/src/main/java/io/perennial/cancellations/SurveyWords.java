package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the exit survey says, in the languages of our letters.
 *
 * @param letter with the name of the reader
 * @param reasons as customers say them, in the order of {@link #REASONS}
 * @param returns yes, maybe, no
 * @param chosen with the reason
 */
public record SurveyWords(
        String language,
        String subject,
        String letter,
        String question,
        List<String> reasons,
        String comeBack,
        List<String> returns,
        String words,
        String optional,
        String thanks,
        String chosen,
        String change,
        String keep,
        String over) {

    /** What can be chosen. */
    public static final List<ReasonCategory> REASONS = List.of(
            ReasonCategory.COST,
            ReasonCategory.VALUE,
            ReasonCategory.BUDGET,
            ReasonCategory.NO_LONGER_USED,
            ReasonCategory.BAD_FIT,
            ReasonCategory.COMPETITOR,
            ReasonCategory.PRODUCT_MATURITY,
            ReasonCategory.POOR_SERVICE,
            ReasonCategory.OUT_OF_BUSINESS,
            ReasonCategory.OTHER);

    /** Whether they would come back. */
    public static final List<String> RETURNS = List.of("yes", "maybe", "no");

    private static final Map<String, SurveyWords> ALL = Map.of(
            "en",
            new SurveyWords(
                    "en",
                    "Why did you decide to leave?",
                    "Hello %s,\n\nyou have decided to leave us, and we respect that. One click would help us: what was the main"
                            + " reason? It takes less than a minute, and nobody will try to talk you out of it.",
                    "What was the main reason for leaving?",
                    List.of(
                            "The price",
                            "Too little benefit",
                            "Our budget",
                            "We no longer use it",
                            "It did not fit our needs",
                            "Another product",
                            "We need nothing more of it",
                            "The service",
                            "We close down",
                            "Something else"),
                    "Could you imagine coming back?",
                    List.of("Yes", "Maybe", "No"),
                    "What should we have done better?",
                    "optional",
                    "Thank you.",
                    "Your answer: %s.",
                    "You can change it here.",
                    "Keep",
                    "This link is not valid any more."),
            "de",
            new SurveyWords(
                    "de",
                    "Warum haben Sie sich entschieden zu gehen?",
                    "Guten Tag %s,\n\nSie haben sich entschieden, uns zu verlassen, und das respektieren wir. Mit einem Klick helfen"
                            + " Sie uns: Was war der Hauptgrund? Es dauert keine Minute, und niemand wird Sie umstimmen wollen.",
                    "Was war der Hauptgrund für Ihre Kündigung?",
                    List.of(
                            "Der Preis",
                            "Zu wenig Nutzen",
                            "Unser Budget",
                            "Wir nutzen es nicht mehr",
                            "Es passte nicht zu unserem Bedarf",
                            "Ein anderes Produkt",
                            "Wir brauchen nichts Weiteres davon",
                            "Der Service",
                            "Wir schließen",
                            "Etwas anderes"),
                    "Könnten Sie sich vorstellen zurückzukommen?",
                    List.of("Ja", "Vielleicht", "Nein"),
                    "Was hätten wir besser machen sollen?",
                    "freiwillig",
                    "Vielen Dank.",
                    "Ihre Antwort: %s.",
                    "Sie können sie hier ändern.",
                    "Behalten",
                    "Dieser Link ist nicht mehr gültig."),
            "fr",
            new SurveyWords(
                    "fr",
                    "Pourquoi avez-vous décidé de partir ?",
                    "Bonjour %s,\n\nvous avez décidé de nous quitter et nous le respectons. Un clic nous aiderait : quelle en est la"
                            + " raison principale ? Cela prend moins d'une minute, et personne n'essaiera de vous retenir.",
                    "Quelle est la raison principale de votre départ ?",
                    List.of(
                            "Le prix",
                            "Trop peu de bénéfice",
                            "Notre budget",
                            "Nous ne l'utilisons plus",
                            "Cela ne répondait pas à nos besoins",
                            "Un autre produit",
                            "Nous n'en attendons plus rien de nouveau",
                            "Le service",
                            "Nous cessons notre activité",
                            "Autre chose"),
                    "Pourriez-vous imaginer revenir ?",
                    List.of("Oui", "Peut-être", "Non"),
                    "Qu'aurions-nous dû faire mieux ?",
                    "facultatif",
                    "Merci.",
                    "Votre réponse : %s.",
                    "Vous pouvez la modifier ici.",
                    "Garder",
                    "Ce lien n'est plus valable."),
            "es",
            new SurveyWords(
                    "es",
                    "¿Por qué decidió marcharse?",
                    "Hola %s:\n\nha decidido dejarnos y lo respetamos. Un clic nos ayudaría: ¿cuál fue la razón principal? Lleva menos"
                            + " de un minuto y nadie intentará convencerle de lo contrario.",
                    "¿Cuál fue la razón principal para marcharse?",
                    List.of(
                            "El precio",
                            "Poco beneficio",
                            "Nuestro presupuesto",
                            "Ya no lo usamos",
                            "No se ajustaba a lo que necesitamos",
                            "Otro producto",
                            "No necesitamos nada más de él",
                            "El servicio",
                            "Cerramos la empresa",
                            "Otra cosa"),
                    "¿Podría imaginar volver?",
                    List.of("Sí", "Quizás", "No"),
                    "¿Qué deberíamos haber hecho mejor?",
                    "opcional",
                    "Gracias.",
                    "Su respuesta: %s.",
                    "Puede cambiarla aquí.",
                    "Guardar",
                    "Este enlace ya no es válido."),
            "it",
            new SurveyWords(
                    "it",
                    "Perché ha deciso di lasciarci?",
                    "Buongiorno %s,\n\nha deciso di lasciarci e lo rispettiamo. Un clic ci aiuterebbe: qual è stato il motivo"
                            + " principale? Richiede meno di un minuto e nessuno cercherà di farLe cambiare idea.",
                    "Qual è stato il motivo principale?",
                    List.of(
                            "Il prezzo",
                            "Troppo poco beneficio",
                            "Il nostro budget",
                            "Non lo usiamo più",
                            "Non era adatto alle nostre esigenze",
                            "Un altro prodotto",
                            "Non ci serve altro",
                            "Il servizio",
                            "Chiudiamo l'attività",
                            "Altro"),
                    "Potrebbe immaginare di tornare?",
                    List.of("Sì", "Forse", "No"),
                    "Che cosa avremmo dovuto fare meglio?",
                    "facoltativo",
                    "Grazie.",
                    "La Sua risposta: %s.",
                    "Può modificarla qui.",
                    "Conserva",
                    "Questo link non è più valido."));

    /** In that language, or a dialect of it; in English where we do not write it. */
    public static SurveyWords in(@Nullable String language) {
        String code = language == null || language.length() < 2
                ? "en"
                : language.substring(0, 2).toLowerCase(Locale.ROOT);
        return Objects.requireNonNull(ALL.getOrDefault(code, ALL.get("en")));
    }

    /** Keys of reasons with what customers read. */
    public Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        for (int i = 0; i < REASONS.size(); i++) {
            choices.put(REASONS.get(i).key(), reasons.get(i));
        }
        return choices;
    }

    /** Keys of the answers about coming back with what customers read. */
    public Map<String, String> returnChoices() {
        Map<String, String> choices = new LinkedHashMap<>();
        for (int i = 0; i < RETURNS.size(); i++) {
            choices.put(RETURNS.get(i), returns.get(i));
        }
        return choices;
    }

    /** The letter without its link. */
    public String letterTo(String name) {
        return letter.formatted(name);
    }
}
