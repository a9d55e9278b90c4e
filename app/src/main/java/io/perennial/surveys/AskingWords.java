package io.perennial.surveys;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What letters and the page of a survey say in the languages that we write, and the texts that a new survey begins with.
 *
 * @param shipped subject, question, further question, worst and best answer in words, by kind
 * @param opening with a place for the name
 * @param press above the scores in the letter
 * @param until with the last day
 * @param chosen with the score
 * @param heard with the name of who will call and the day
 * @param count which characters are too many, with the most
 */
public record AskingWords(
        String language,
        String name,
        Map<SurveyKind, Asked> shipped,
        String opening,
        String press,
        String until,
        String reminder,
        String noMore,
        String choose,
        String optional,
        String send,
        String anonymous,
        String finalAnswer,
        String thanks,
        String chosen,
        String change,
        String over,
        String noScore,
        String count,
        String noMoreQuestion,
        String noMoreButton,
        String noMoreDone,
        String heardSubject,
        String heard,
        String colleague) {

    /** @param low words at the worst answer, {@code high} at the best */
    public record Asked(String subject, String question, String followUp, String low, String high) {}

    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it");

    private static final Map<String, AskingWords> ALL =
            Map.of("en", english(), "de", german(), "fr", french(), "es", spanish(), "it", italian());

    /** In that language, or a dialect of it; in English where we do not write it. */
    public static AskingWords in(@Nullable String language) {
        return Objects.requireNonNull(ALL.getOrDefault(code(language), ALL.get("en")));
    }

    /** {@code pt-BR} is {@code pt}; nothing is {@code en}. */
    static String code(@Nullable String language) {
        return language == null || language.length() < 2
                ? "en"
                : language.substring(0, 2).toLowerCase(Locale.ROOT);
    }

    public Asked asked(SurveyKind kind) {
        return Objects.requireNonNull(shipped.get(kind));
    }

    /** What a new survey says in this language. */
    public Survey.Texts texts(SurveyKind kind) {
        Asked asked = asked(kind);
        return new Survey.Texts(asked.subject(), opening, asked.question(), asked.followUp());
    }

    private static Map<SurveyKind, Asked> kinds(Asked nps, Asked csat, Asked ces, Asked success, Asked renewal) {
        Map<SurveyKind, Asked> kinds = new EnumMap<>(SurveyKind.class);
        kinds.put(SurveyKind.NPS, nps);
        kinds.put(SurveyKind.CSAT, csat);
        kinds.put(SurveyKind.CES, ces);
        kinds.put(SurveyKind.SUCCESS, success);
        kinds.put(SurveyKind.RENEWAL, renewal);
        return Map.copyOf(kinds);
    }

    private static AskingWords english() {
        return new AskingWords(
                "en",
                "English",
                kinds(
                        new Asked(
                                "Would you recommend us?",
                                "How likely are you to recommend us to a colleague?",
                                "What is the main reason for your answer?",
                                "not at all likely",
                                "very likely"),
                        new Asked(
                                "How satisfied are you?",
                                "All in all, how satisfied are you with us?",
                                "What should we do better?",
                                "very dissatisfied",
                                "very satisfied"),
                        new Asked(
                                "Do we make it easy for you?",
                                "“It is easy to get what I need here.” Do you agree?",
                                "What was harder than it should be?",
                                "not at all",
                                "completely"),
                        new Asked(
                                "Do you reach what you wanted with us?",
                                "How far have you got with what you wanted to reach with our product?",
                                "What is still missing?",
                                "not at all",
                                "as far as we wanted or further"),
                        new Asked(
                                "Will you go on with us?",
                                "If your contract ended today, how likely would you renew it?",
                                "What would make the decision easier?",
                                "very unlikely",
                                "very likely")),
                "Hello {{contact.first_name}},\n\none question, one click: your answer helps us to do better for you.",
                "Choose your answer; you can still change it on the page that opens:",
                "The link works until %s and is meant for you alone.",
                "A short reminder: ",
                "No more questions like this",
                "Your answer",
                "optional",
                "Send",
                "Your answer is kept without your name. It cannot be changed once it is sent.",
                "An answer was given with this link. It is kept without a name and cannot be changed any more.",
                "Thank you.",
                "Your answer: %s.",
                "You can change it here.",
                "This link is not valid any more.",
                "Please choose an answer.",
                "Please write at most %s characters. Your text is below and not sent.",
                "Shall we ask you no more questions like this?",
                "Ask me no more",
                "We will not send you any more surveys.",
                "Thank you for your open answer",
                "thank you for telling us openly what is wrong. %1$s sees your answer and will get in touch with you by %2$s.",
                "A colleague of ours");
    }

    private static AskingWords german() {
        return new AskingWords(
                "de",
                "Deutsch",
                kinds(
                        new Asked(
                                "Würden Sie uns weiterempfehlen?",
                                "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
                                "Was ist der Hauptgrund für Ihre Antwort?",
                                "sehr unwahrscheinlich",
                                "sehr wahrscheinlich"),
                        new Asked(
                                "Wie zufrieden sind Sie?",
                                "Wie zufrieden sind Sie alles in allem mit uns?",
                                "Was sollten wir besser machen?",
                                "sehr unzufrieden",
                                "sehr zufrieden"),
                        new Asked(
                                "Machen wir es Ihnen leicht?",
                                "„Ich bekomme hier leicht, was ich brauche.“ Stimmen Sie zu?",
                                "Was war schwerer als nötig?",
                                "gar nicht",
                                "völlig"),
                        new Asked(
                                "Erreichen Sie mit uns, was Sie wollten?",
                                "Wie weit haben Sie mit unserem Produkt erreicht, was Sie wollten?",
                                "Was fehlt noch?",
                                "gar nicht",
                                "so weit wie gewünscht oder weiter"),
                        new Asked(
                                "Bleiben Sie bei uns?",
                                "Wenn Ihr Vertrag heute endete: Wie wahrscheinlich würden Sie ihn verlängern?",
                                "Was würde die Entscheidung leichter machen?",
                                "sehr unwahrscheinlich",
                                "sehr wahrscheinlich")),
                "Guten Tag {{contact.name}},\n\neine Frage, ein Klick: Ihre Antwort hilft uns, besser zu werden.",
                "Wählen Sie Ihre Antwort; auf der Seite, die sich öffnet, können Sie sie noch ändern:",
                "Der Link gilt bis %s und ist nur für Sie bestimmt.",
                "Kurze Erinnerung: ",
                "Keine solchen Fragen mehr",
                "Ihre Antwort",
                "freiwillig",
                "Absenden",
                "Ihre Antwort wird ohne Ihren Namen aufbewahrt. Abgesendet kann sie nicht mehr geändert werden.",
                "Mit diesem Link wurde geantwortet. Die Antwort steht ohne Namen bei uns und kann nicht mehr geändert werden.",
                "Vielen Dank.",
                "Ihre Antwort: %s.",
                "Sie können sie hier ändern.",
                "Dieser Link ist nicht mehr gültig.",
                "Bitte wählen Sie eine Antwort.",
                "Bitte schreiben Sie höchstens %s Zeichen. Ihr Text steht unten und ist nicht abgesendet.",
                "Sollen wir Ihnen solche Fragen nicht mehr stellen?",
                "Nicht mehr fragen",
                "Wir senden Ihnen keine Umfragen mehr.",
                "Danke für Ihre offene Antwort",
                "danke, dass Sie uns offen sagen, was nicht stimmt. %1$s sieht Ihre Antwort und meldet sich bis %2$s bei Ihnen.",
                "Jemand von uns");
    }

    private static AskingWords french() {
        return new AskingWords(
                "fr",
                "Français",
                kinds(
                        new Asked(
                                "Nous recommanderiez-vous ?",
                                "Quelle est la probabilité que vous nous recommandiez à un collègue ?",
                                "Quelle est la raison principale de votre réponse ?",
                                "pas du tout probable",
                                "très probable"),
                        new Asked(
                                "Êtes-vous satisfait ?",
                                "Dans l'ensemble, êtes-vous satisfait de nous ?",
                                "Que devrions-nous améliorer ?",
                                "très insatisfait",
                                "très satisfait"),
                        new Asked(
                                "Est-ce facile avec nous ?",
                                "« J'obtiens facilement ce dont j'ai besoin. » Êtes-vous d'accord ?",
                                "Qu'est-ce qui a été trop difficile ?",
                                "pas du tout",
                                "tout à fait"),
                        new Asked(
                                "Atteignez-vous vos objectifs avec nous ?",
                                "Où en êtes-vous de ce que vous vouliez atteindre avec notre produit ?",
                                "Que manque-t-il encore ?",
                                "nulle part",
                                "aussi loin que voulu ou plus"),
                        new Asked(
                                "Continuerez-vous avec nous ?",
                                "Si votre contrat se terminait aujourd'hui, le renouvelleriez-vous ?",
                                "Qu'est-ce qui faciliterait la décision ?",
                                "très improbable",
                                "très probable")),
                "Bonjour {{contact.name}},\n\nune question, un clic : votre réponse nous aide à mieux faire.",
                "Choisissez votre réponse ; vous pourrez encore la modifier sur la page qui s'ouvre :",
                "Le lien est valable jusqu'au %s et n'est destiné qu'à vous.",
                "Petit rappel : ",
                "Plus de questions de ce genre",
                "Votre réponse",
                "facultatif",
                "Envoyer",
                "Votre réponse est conservée sans votre nom. Une fois envoyée, elle ne peut plus être modifiée.",
                "Une réponse a été donnée avec ce lien. Elle est conservée sans nom et ne peut plus être modifiée.",
                "Merci.",
                "Votre réponse : %s.",
                "Vous pouvez la modifier ici.",
                "Ce lien n'est plus valable.",
                "Veuillez choisir une réponse.",
                "Veuillez écrire au plus %s caractères. Votre texte est ci-dessous et n'est pas envoyé.",
                "Ne plus vous poser de questions de ce genre ?",
                "Ne plus me demander",
                "Nous ne vous enverrons plus d'enquêtes.",
                "Merci de votre franchise",
                "merci de nous dire franchement ce qui ne va pas. %1$s voit votre réponse et vous contactera au plus tard le %2$s.",
                "Un de nos collègues");
    }

    private static AskingWords spanish() {
        return new AskingWords(
                "es",
                "Español",
                kinds(
                        new Asked(
                                "¿Nos recomendaría?",
                                "¿Qué probabilidad hay de que nos recomiende a un colega?",
                                "¿Cuál es la razón principal de su respuesta?",
                                "nada probable",
                                "muy probable"),
                        new Asked(
                                "¿Está satisfecho?",
                                "En general, ¿está satisfecho con nosotros?",
                                "¿Qué deberíamos mejorar?",
                                "muy insatisfecho",
                                "muy satisfecho"),
                        new Asked(
                                "¿Se lo ponemos fácil?",
                                "«Aquí consigo fácilmente lo que necesito.» ¿Está de acuerdo?",
                                "¿Qué fue más difícil de lo debido?",
                                "nada",
                                "del todo"),
                        new Asked(
                                "¿Alcanza lo que quería con nosotros?",
                                "¿Hasta dónde ha llegado con lo que quería alcanzar con nuestro producto?",
                                "¿Qué falta todavía?",
                                "a nada",
                                "hasta donde queríamos o más"),
                        new Asked(
                                "¿Seguirá con nosotros?",
                                "Si su contrato terminara hoy, ¿qué probabilidad hay de que lo renovara?",
                                "¿Qué facilitaría la decisión?",
                                "muy improbable",
                                "muy probable")),
                "Hola {{contact.name}}:\n\nuna pregunta, un clic: su respuesta nos ayuda a mejorar.",
                "Elija su respuesta; todavía podrá cambiarla en la página que se abre:",
                "El enlace es válido hasta el %s y es solo para usted.",
                "Un breve recordatorio: ",
                "No más preguntas de este tipo",
                "Su respuesta",
                "opcional",
                "Enviar",
                "Su respuesta se guarda sin su nombre. Una vez enviada no se puede cambiar.",
                "Ya se respondió con este enlace. La respuesta se guarda sin nombre y no se puede cambiar.",
                "Gracias.",
                "Su respuesta: %s.",
                "Puede cambiarla aquí.",
                "Este enlace ya no es válido.",
                "Elija una respuesta.",
                "Escriba como máximo %s caracteres. Su texto está abajo y no se ha enviado.",
                "¿No quiere recibir más preguntas de este tipo?",
                "No preguntarme más",
                "No le enviaremos más encuestas.",
                "Gracias por su franqueza",
                "gracias por decirnos abiertamente lo que no va bien. %1$s ve su respuesta y se pondrá en contacto antes del %2$s.",
                "Un compañero nuestro");
    }

    private static AskingWords italian() {
        return new AskingWords(
                "it",
                "Italiano",
                kinds(
                        new Asked(
                                "Ci consiglierebbe?",
                                "Con quale probabilità ci consiglierebbe a un collega?",
                                "Qual è il motivo principale della Sua risposta?",
                                "per niente probabile",
                                "molto probabile"),
                        new Asked(
                                "È soddisfatto?",
                                "Nel complesso, quanto è soddisfatto di noi?",
                                "Che cosa dovremmo migliorare?",
                                "molto insoddisfatto",
                                "molto soddisfatto"),
                        new Asked(
                                "È facile con noi?",
                                "«Qui ottengo facilmente ciò che mi serve.» È d'accordo?",
                                "Che cosa è stato più difficile del dovuto?",
                                "per niente",
                                "del tutto"),
                        new Asked(
                                "Raggiunge ciò che voleva con noi?",
                                "A che punto è con ciò che voleva raggiungere con il nostro prodotto?",
                                "Che cosa manca ancora?",
                                "a nulla",
                                "fin dove volevamo o oltre"),
                        new Asked(
                                "Resterà con noi?",
                                "Se il Suo contratto finisse oggi, con quale probabilità lo rinnoverebbe?",
                                "Che cosa faciliterebbe la decisione?",
                                "molto improbabile",
                                "molto probabile")),
                "Buongiorno {{contact.name}},\n\nuna domanda, un clic: la Sua risposta ci aiuta a migliorare.",
                "Scelga la Sua risposta; potrà ancora modificarla nella pagina che si apre:",
                "Il link vale fino al %s ed è destinato solo a Lei.",
                "Un breve promemoria: ",
                "Niente più domande di questo tipo",
                "La Sua risposta",
                "facoltativo",
                "Invia",
                "La Sua risposta è conservata senza il Suo nome. Una volta inviata non può più essere modificata.",
                "Con questo link è stata data una risposta. È conservata senza nome e non può più essere modificata.",
                "Grazie.",
                "La Sua risposta: %s.",
                "Può modificarla qui.",
                "Questo link non è più valido.",
                "Scelga una risposta.",
                "Scriva al massimo %s caratteri. Il testo è qui sotto e non è stato inviato.",
                "Non vuole più ricevere domande di questo tipo?",
                "Non chiedetemi più",
                "Non Le invieremo più sondaggi.",
                "Grazie per la Sua franchezza",
                "grazie per averci detto apertamente che cosa non va. %1$s vede la Sua risposta e La contatterà entro il %2$s.",
                "Un nostro collega");
    }
}
