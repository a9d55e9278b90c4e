package io.perennial.defects.web;

import io.perennial.defects.notices.Frequency;
import java.util.Map;
import java.util.Objects;

/**
 * What the page says on which readers choose their letters, in the languages of the letters.
 *
 * @param of with the reader's address
 * @param rest what comes whatever is chosen
 * @param over the link is not ours any more
 * @param refused the form said something that nobody can choose
 */
public record LetterWords(
        String language,
        String title,
        String of,
        String byMail,
        String knownIssues,
        String maintenance,
        String news,
        Map<Frequency, String> frequencies,
        String keep,
        String nothing,
        String kept,
        String rest,
        String over,
        String refused) {

    private static final String FALLBACK = "en";

    private static final Map<String, LetterWords> ALL = Map.of(
            FALLBACK,
            new LetterWords(
                    FALLBACK,
                    "What we tell you",
                    "For %s",
                    "By mail",
                    "Known issues, and when they are fixed",
                    "Maintenance",
                    "News and updates",
                    often("At once", "In one letter a week", "Never"),
                    "Keep",
                    "No letters at all",
                    "Kept. It counts from the next letter on.",
                    "Answers to your own requests come in any case.",
                    "This link leads nowhere. Take the one from the latest letter.",
                    "Nothing was changed. Choose how often."),
            "de",
            new LetterWords(
                    "de",
                    "Was wir Ihnen mitteilen",
                    "Für %s",
                    "Per E-Mail",
                    "Bekannte Fehler, und wann sie behoben sind",
                    "Wartungsarbeiten",
                    "Neuigkeiten und Aktualisierungen",
                    often("Sofort", "Gesammelt einmal in der Woche", "Nie"),
                    "Speichern",
                    "Gar keine Nachrichten",
                    "Gespeichert. Es gilt ab der nächsten Nachricht.",
                    "Antworten auf Ihre eigenen Anfragen erhalten Sie in jedem Fall.",
                    "Dieser Link führt nirgendwohin. Nehmen Sie den aus der letzten Nachricht.",
                    "Nichts wurde geändert. Wählen Sie, wie oft."),
            "fr",
            new LetterWords(
                    "fr",
                    "Ce que nous vous annonçons",
                    "Pour %s",
                    "Par e-mail",
                    "Problèmes connus, et leur correction",
                    "Maintenance",
                    "Nouveautés et mises à jour",
                    often("Immédiatement", "Dans une lettre par semaine", "Jamais"),
                    "Enregistrer",
                    "Aucune lettre",
                    "C'est enregistré, à partir de la prochaine lettre.",
                    "Les réponses à vos propres demandes vous parviennent dans tous les cas.",
                    "Ce lien ne mène nulle part. Prenez celui de la dernière lettre.",
                    "Rien n'a été modifié. Choisissez la fréquence."),
            "es",
            new LetterWords(
                    "es",
                    "Qué le contamos",
                    "Para %s",
                    "Por correo electrónico",
                    "Problemas conocidos y su solución",
                    "Mantenimiento",
                    "Novedades y actualizaciones",
                    often("De inmediato", "En una carta por semana", "Nunca"),
                    "Guardar",
                    "Ninguna carta",
                    "Guardado. Vale desde la próxima carta.",
                    "Las respuestas a sus propias solicitudes llegan en todo caso.",
                    "Este enlace no lleva a ninguna parte. Use el de la última carta.",
                    "No se ha cambiado nada. Elija con qué frecuencia."),
            "it",
            new LetterWords(
                    "it",
                    "Che cosa Le comunichiamo",
                    "Per %s",
                    "Per e-mail",
                    "Problemi noti e la loro soluzione",
                    "Manutenzione",
                    "Novità e aggiornamenti",
                    often("Subito", "In una lettera alla settimana", "Mai"),
                    "Salva",
                    "Nessuna lettera",
                    "Salvato. Vale dalla prossima lettera.",
                    "Le risposte alle Sue richieste arrivano in ogni caso.",
                    "Questo link non porta da nessuna parte. Usi quello dell'ultima lettera.",
                    "Non è stato cambiato nulla. Scelga quanto spesso."));

    /** English for languages that we do not write. */
    static LetterWords in(String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get(FALLBACK)));
    }

    public String of(Frequency often) {
        return Objects.requireNonNull(frequencies.get(often));
    }

    private static Map<Frequency, String> often(String atOnce, String weekly, String never) {
        return Map.of(Frequency.AT_ONCE, atOnce, Frequency.WEEKLY, weekly, Frequency.NEVER, never);
    }
}
