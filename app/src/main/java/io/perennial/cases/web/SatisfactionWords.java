package io.perennial.cases.web;

import io.perennial.cases.desk.Satisfaction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What the page says on which customers answer, in the languages of their letters.
 *
 * @param question with the number
 * @param scores from the worst to the best
 * @param chosen with the name of the score
 */
public record SatisfactionWords(
        String language,
        String question,
        List<String> scores,
        String better,
        String optional,
        String thanks,
        String chosen,
        String change,
        String over) {

    private static final Map<String, SatisfactionWords> ALL = Map.of(
            "en",
            new SatisfactionWords(
                    "en",
                    "How satisfied are you with the way we handled request %s?",
                    List.of("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"),
                    "What could we do better?",
                    "optional",
                    "Thank you.",
                    "Your answer: %s.",
                    "You can change it here.",
                    "This link is not valid any more."),
            "de",
            new SatisfactionWords(
                    "de",
                    "Wie zufrieden sind Sie damit, wie wir Anfrage %s bearbeitet haben?",
                    List.of("Sehr unzufrieden", "Unzufrieden", "Weder noch", "Zufrieden", "Sehr zufrieden"),
                    "Was könnten wir besser machen?",
                    "freiwillig",
                    "Vielen Dank.",
                    "Ihre Antwort: %s.",
                    "Sie können sie hier ändern.",
                    "Dieser Link ist nicht mehr gültig."),
            "fr",
            new SatisfactionWords(
                    "fr",
                    "Êtes-vous satisfait de la façon dont nous avons traité la demande %s ?",
                    List.of("Très insatisfait", "Insatisfait", "Ni l'un ni l'autre", "Satisfait", "Très satisfait"),
                    "Que pourrions-nous améliorer ?",
                    "facultatif",
                    "Merci.",
                    "Votre réponse : %s.",
                    "Vous pouvez la modifier ici.",
                    "Ce lien n'est plus valable."),
            "es",
            new SatisfactionWords(
                    "es",
                    "¿Qué tan satisfecho está con la forma en que atendimos la solicitud %s?",
                    List.of("Muy insatisfecho", "Insatisfecho", "Ni lo uno ni lo otro", "Satisfecho", "Muy satisfecho"),
                    "¿Qué podríamos mejorar?",
                    "opcional",
                    "Gracias.",
                    "Su respuesta: %s.",
                    "Puede cambiarla aquí.",
                    "Este enlace ya no es válido."),
            "it",
            new SatisfactionWords(
                    "it",
                    "Quanto è soddisfatto di come abbiamo gestito la richiesta %s?",
                    List.of(
                            "Molto insoddisfatto",
                            "Insoddisfatto",
                            "Né l'uno né l'altro",
                            "Soddisfatto",
                            "Molto soddisfatto"),
                    "Che cosa potremmo migliorare?",
                    "facoltativo",
                    "Grazie.",
                    "La Sua risposta: %s.",
                    "Può modificarla qui.",
                    "Questo link non è più valido."));

    static SatisfactionWords in(String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get("en")));
    }

    public String asked(long number) {
        return question.formatted("#" + number);
    }

    public String score(int score) {
        return scores.get(score - 1);
    }

    public List<Integer> steps() {
        return IntStream.rangeClosed(1, Satisfaction.BEST).boxed().toList();
    }
}
