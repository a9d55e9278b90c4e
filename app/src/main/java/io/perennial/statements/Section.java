package io.perennial.statements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of the statement, with the definition of its figures. */
public enum Section {
    USE(
            "What was used",
            "Days with any use, the most people on one day and the mean of days with use, uses and hours in the product within the"
                    + " period. Licences are the seats of lines that run on its last day.",
            true,
            true),
    FEATURES("Which features, and how often", "Days of the period on which each feature was used at all.", false, true),
    CASES(
            "Requests that were answered",
            "Cases opened in the period; solved in it; half of the solved ones took at most the hours shown, by the calendar;"
                    + " satisfied: answers of four fifths of the scale or better of all answers after cases solved in the period.",
            true,
            true),
    PROMISES(
            "Service levels that were kept",
            "Promised times (first answer, updates, solution) that were finished or fell due in the period, and how many of them were"
                    + " kept.",
            true,
            true),
    UNITS(
            "What was used of the program",
            "Units drawn in the period, such as expert hours, training seats and reviews; worth: times what the program says one is"
                    + " worth.",
            true,
            true),
    BENEFITS(
            "Benefits of the program",
            "Tangible: the worth of a year that the program states, for the days of the period it ran (÷ 365). Intangible: named,"
                    + " never counted.",
            true,
            false),
    OUTCOMES(
            "Outcomes that were reached",
            "Outcomes of success plans reached in the period; worth: of a year as stated, for the days of the period since any"
                    + " outcome was reached, also earlier (÷ 365).",
            true,
            true),
    WORTH(
            "Worth against price",
            "Worth: units, tangible benefits and outcomes above, added up. Price: contract lines for the days of the period they ran"
                    + " (a year's price × days ÷ 365). Each currency by itself.",
            true,
            false);

    private final String title;
    private final String definition;
    private final boolean business;
    private final boolean technical;

    Section(String title, String definition, boolean business, boolean technical) {
        this.title = title;
        this.definition = definition;
        this.business = business;
        this.technical = technical;
    }

    public String title() {
        return title;
    }

    public String definition() {
        return definition;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean in(Edition edition) {
        return edition == Edition.BUSINESS ? business : technical;
    }

    public static Optional<Section> find(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
