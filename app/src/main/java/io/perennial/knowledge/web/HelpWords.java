package io.perennial.knowledge.web;

import java.util.Map;

/** What the page of an article says to its reader, in the languages of our letters; English in others. */
public record HelpWords(
        String language,
        String helpful,
        String yes,
        String no,
        String missing,
        String optional,
        String thanks,
        String change,
        String stillNeeded) {

    private static final HelpWords ENGLISH = new HelpWords(
            "en",
            "Did this answer your question?",
            "Yes, it helped",
            "No",
            "What is missing, or what helped",
            "optional",
            "Thank you.",
            "You can change your answer here.",
            "Just answer our letter, and the person who sent you this goes on with it.");

    private static final Map<String, HelpWords> ALL = Map.of(
            "en",
            ENGLISH,
            "de",
            new HelpWords(
                    "de",
                    "Hat das Ihre Frage beantwortet?",
                    "Ja, es hat geholfen",
                    "Nein",
                    "Was fehlt, oder was hat geholfen",
                    "freiwillig",
                    "Vielen Dank.",
                    "Sie können Ihre Antwort hier ändern.",
                    "Antworten Sie einfach auf unsere Nachricht; dieselbe Person kümmert sich weiter darum."),
            "fr",
            new HelpWords(
                    "fr",
                    "Avez-vous trouvé la réponse à votre question ?",
                    "Oui, cela m'a aidé",
                    "Non",
                    "Ce qui manque, ou ce qui vous a aidé",
                    "facultatif",
                    "Merci.",
                    "Vous pouvez modifier votre réponse ici.",
                    "Répondez simplement à notre message : la même personne s'en occupera."),
            "es",
            new HelpWords(
                    "es",
                    "¿Ha respondido esto a su pregunta?",
                    "Sí, me ha ayudado",
                    "No",
                    "Qué falta, o qué le ha ayudado",
                    "opcional",
                    "Gracias.",
                    "Puede cambiar su respuesta aquí.",
                    "Responda a nuestro mensaje y la misma persona seguirá con ello."),
            "it",
            new HelpWords(
                    "it",
                    "Ha trovato risposta alla Sua domanda?",
                    "Sì, è stato utile",
                    "No",
                    "Che cosa manca, o che cosa è stato utile",
                    "facoltativo",
                    "Grazie.",
                    "Può cambiare la risposta qui.",
                    "Basta rispondere al nostro messaggio: se ne occuperà la stessa persona."));

    static HelpWords in(String language) {
        return ALL.getOrDefault(language, ENGLISH);
    }
}
