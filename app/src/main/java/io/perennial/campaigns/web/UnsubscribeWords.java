package io.perennial.campaigns.web;

import io.perennial.mail.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the pages behind the link of a letter say, in the languages of the letters.
 *
 * @param question with a place for the kind of letters
 * @param kinds of letters, by what they are sent for
 * @param days Monday first
 */
public record UnsubscribeWords(
        String language,
        String title,
        String reader,
        String question,
        Map<Purpose, String> kinds,
        String stop,
        String stopped,
        String mistake,
        String resumed,
        String choose,
        String which,
        String inLanguage,
        String asNow,
        String hours,
        String from,
        String to,
        List<String> days,
        String keep,
        String kept,
        String refused,
        String rest,
        String over) {

    private static final String FALLBACK = "en";

    /** What languages call themselves. */
    static final Map<String, String> LANGUAGES =
            Map.of("en", "English", "de", "Deutsch", "fr", "Français", "es", "Español", "it", "Italiano");

    private static final Map<String, UnsubscribeWords> ALL = Map.of(
            FALLBACK,
            new UnsubscribeWords(
                    FALLBACK,
                    "Letters from us",
                    "For %s",
                    "No more of these: %s?",
                    kinds(
                            "known issues, maintenance and news",
                            "questions about how you are served",
                            "hints and invitations",
                            "help when something does not go well"),
                    "No more of these",
                    "Done. You get no more of these: %s.",
                    "That was a mistake, go on",
                    "Good. These letters come again: %s.",
                    "What you would like",
                    "Letters that are welcome",
                    "Language",
                    "as now",
                    "Hours at which you like to be written to",
                    "From",
                    "To",
                    List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
                    "Keep",
                    "Kept. It counts from now on.",
                    "Nothing was changed. Choose at least one day, and hours that begin before they end.",
                    "Answers to your own requests, and what concerns your contract, come in any case.",
                    "This link leads nowhere. Take the one from the latest letter, or answer that letter."),
            "de",
            new UnsubscribeWords(
                    "de",
                    "Briefe von uns",
                    "Für %s",
                    "Keine weiteren davon: %s?",
                    kinds(
                            "bekannte Fehler, Wartung und Neuigkeiten",
                            "Fragen danach, wie zufrieden Sie sind",
                            "Hinweise und Einladungen",
                            "Hilfe, wenn etwas nicht gut läuft"),
                    "Keine weiteren davon",
                    "Erledigt. Davon erhalten Sie keine weiteren: %s.",
                    "Das war ein Versehen, bitte weiter",
                    "Gut. Diese Briefe kommen wieder: %s.",
                    "Was Sie möchten",
                    "Willkommene Briefe",
                    "Sprache",
                    "wie bisher",
                    "Stunden, zu denen wir Ihnen schreiben dürfen",
                    "Von",
                    "Bis",
                    List.of("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
                    "Speichern",
                    "Gespeichert. Es gilt ab sofort.",
                    "Nichts wurde geändert. Wählen Sie mindestens einen Tag, und Stunden, die vor ihrem Ende beginnen.",
                    "Antworten auf Ihre eigenen Anfragen und was Ihren Vertrag betrifft erhalten Sie in jedem Fall.",
                    "Dieser Link führt nirgendwohin. Nehmen Sie den aus dem letzten Brief, oder antworten Sie darauf."),
            "fr",
            new UnsubscribeWords(
                    "fr",
                    "Nos lettres",
                    "Pour %s",
                    "Ne plus recevoir : %s ?",
                    kinds(
                            "problèmes connus, maintenance et nouveautés",
                            "questions sur votre satisfaction",
                            "conseils et invitations",
                            "aide quand quelque chose va mal"),
                    "Ne plus en recevoir",
                    "C'est fait. Vous ne recevrez plus : %s.",
                    "C'était une erreur, continuer",
                    "Bien. Ces lettres reviennent : %s.",
                    "Ce que vous souhaitez",
                    "Lettres bienvenues",
                    "Langue",
                    "comme maintenant",
                    "Heures auxquelles nous pouvons vous écrire",
                    "De",
                    "À",
                    List.of("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
                    "Enregistrer",
                    "C'est enregistré, dès maintenant.",
                    "Rien n'a changé. Choisissez au moins un jour, et des heures qui commencent avant leur fin.",
                    "Les réponses à vos demandes et ce qui touche à votre contrat vous parviennent dans tous les cas.",
                    "Ce lien ne mène nulle part. Prenez celui de la dernière lettre, ou répondez-y."),
            "es",
            new UnsubscribeWords(
                    "es",
                    "Nuestras cartas",
                    "Para %s",
                    "¿No recibir más de estas: %s?",
                    kinds(
                            "problemas conocidos, mantenimiento y novedades",
                            "preguntas sobre su satisfacción",
                            "consejos e invitaciones",
                            "ayuda cuando algo no va bien"),
                    "No recibir más",
                    "Hecho. No recibirá más: %s.",
                    "Fue un error, continuar",
                    "Bien. Estas cartas vuelven: %s.",
                    "Lo que usted desea",
                    "Cartas bienvenidas",
                    "Idioma",
                    "como ahora",
                    "Horas en las que podemos escribirle",
                    "De",
                    "A",
                    List.of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
                    "Guardar",
                    "Guardado. Vale desde ahora.",
                    "No se cambió nada. Elija al menos un día, y horas que empiecen antes de terminar.",
                    "Las respuestas a sus solicitudes y lo que afecta a su contrato llegan en todo caso.",
                    "Este enlace no lleva a ninguna parte. Use el de la última carta, o respóndala."),
            "it",
            new UnsubscribeWords(
                    "it",
                    "Le nostre lettere",
                    "Per %s",
                    "Non riceverne più: %s?",
                    kinds(
                            "problemi noti, manutenzione e novità",
                            "domande sulla Sua soddisfazione",
                            "consigli e inviti",
                            "aiuto quando qualcosa non va"),
                    "Non riceverne più",
                    "Fatto. Non riceverà più: %s.",
                    "È stato un errore, continuare",
                    "Bene. Queste lettere tornano: %s.",
                    "Che cosa desidera",
                    "Lettere gradite",
                    "Lingua",
                    "come ora",
                    "Ore in cui possiamo scriverLe",
                    "Dalle",
                    "Alle",
                    List.of("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
                    "Salva",
                    "Salvato. Vale da subito.",
                    "Nulla è cambiato. Scelga almeno un giorno, e ore che inizino prima di finire.",
                    "Le risposte alle Sue richieste e ciò che riguarda il contratto arrivano in ogni caso.",
                    "Questo link non porta da nessuna parte. Usi quello dell'ultima lettera, o vi risponda."));

    static UnsubscribeWords in(String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get(FALLBACK)));
    }

    public String kind(Purpose purpose) {
        return Objects.requireNonNull(kinds.getOrDefault(purpose, ""));
    }

    private static Map<Purpose, String> kinds(String service, String survey, String campaign, String playbook) {
        return Map.of(
                Purpose.SERVICE,
                service,
                Purpose.SURVEY,
                survey,
                Purpose.CAMPAIGN,
                campaign,
                Purpose.PLAYBOOK,
                playbook);
    }
}
