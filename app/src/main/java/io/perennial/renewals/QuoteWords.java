package io.perennial.renewals;

import io.perennial.renewals.NoticeWords.Text;
import java.util.Map;
import java.util.Objects;

/** What a quote says in a language beside the company's own text: names of its columns and sums. */
public record QuoteWords(
        Text shipped,
        String summary,
        String term,
        String since,
        String begins,
        String contact,
        String have,
        String product,
        String quantity,
        String year,
        String rounding,
        String now,
        String from,
        String increase,
        String reduction,
        String next) {

    private static final Map<String, QuoteWords> WORDS = Map.of(
            "en",
            new QuoteWords(
                    new Text("Renewal of {customer}", """
                            The term of {product} at {customer} ends on {due}. Here is what you have now and what the next term costs. {way}

                            If you have a question, {sender} answers it."""),
                    "Summary of %s. All amounts are for a year, in %s, before taxes.",
                    "Term that ends",
                    "%s, since %s",
                    "Next term begins",
                    "Your contact",
                    "What you have now",
                    "Product",
                    "Quantity",
                    "A year, %s",
                    "Rounding",
                    "Now",
                    "From %s",
                    "Increase",
                    "Reduction",
                    "Next term, a year"),
            "de",
            new QuoteWords(
                    new Text("Verlängerung für {customer}", """
                            Die Laufzeit von {product} bei {customer} endet am {due}. Hier steht, was Sie jetzt haben und was die nächste Laufzeit kostet. {way}

                            Ihre Fragen beantwortet {sender}."""),
                    "Übersicht vom %s. Alle Beträge gelten für ein Jahr, in %s, vor Steuern.",
                    "Laufzeit, die endet",
                    "%s, seit %s",
                    "Die nächste beginnt am",
                    "Ihre Ansprechperson",
                    "Was Sie jetzt haben",
                    "Produkt",
                    "Menge",
                    "Ein Jahr, %s",
                    "Rundung",
                    "Bisher",
                    "Ab %s",
                    "Erhöhung",
                    "Ermäßigung",
                    "Nächste Laufzeit, ein Jahr"),
            "fr",
            new QuoteWords(
                    new Text("Renouvellement pour {customer}", """
                            Le contrat {product} chez {customer} se termine le {due}. Voici ce que vous avez aujourd'hui et le prix de la période suivante. {way}

                            Pour toute question, adressez-vous à {sender}."""),
                    "Récapitulatif du %s. Tous les montants sont annuels, en %s, hors taxes.",
                    "Période qui se termine",
                    "%s, depuis le %s",
                    "La suivante commence le",
                    "Votre contact",
                    "Ce que vous avez aujourd'hui",
                    "Produit",
                    "Quantité",
                    "Par an, %s",
                    "Arrondi",
                    "Aujourd'hui",
                    "À partir du %s",
                    "Augmentation",
                    "Réduction",
                    "Période suivante, par an"),
            "es",
            new QuoteWords(
                    new Text("Renovación para {customer}", """
                            El contrato de {product} en {customer} termina el {due}. Aquí está lo que tiene ahora y lo que cuesta el siguiente periodo. {way}

                            Sus preguntas las responde {sender}."""),
                    "Resumen del %s. Todos los importes son anuales, en %s, antes de impuestos.",
                    "Periodo que termina",
                    "%s, desde el %s",
                    "El siguiente empieza el",
                    "Su contacto",
                    "Lo que tiene ahora",
                    "Producto",
                    "Cantidad",
                    "Al año, %s",
                    "Redondeo",
                    "Ahora",
                    "Desde el %s",
                    "Aumento",
                    "Reducción",
                    "Periodo siguiente, al año"),
            "it",
            new QuoteWords(
                    new Text("Rinnovo per {customer}", """
                            Il contratto di {product} presso {customer} termina il {due}. Ecco che cosa ha ora e quanto costa il periodo successivo. {way}

                            Alle Sue domande risponde {sender}."""),
                    "Riepilogo del %s. Tutti gli importi sono annuali, in %s, al netto delle imposte.",
                    "Periodo che termina",
                    "%s, dal %s",
                    "Il successivo inizia il",
                    "Il Suo contatto",
                    "Che cosa ha ora",
                    "Prodotto",
                    "Quantità",
                    "All'anno, %s",
                    "Arrotondamento",
                    "Ora",
                    "Dal %s",
                    "Aumento",
                    "Riduzione",
                    "Periodo successivo, all'anno"));

    static QuoteWords of(String language) {
        return Objects.requireNonNull(WORDS.getOrDefault(language, WORDS.get(NoticeWords.FALLBACK)));
    }
}
