package io.perennial.surveys;

/**
 * The one rule by which nobody is asked too often, over all surveys of all modules. Exit surveys are sent by a person to somebody
 * who leaves: they are not held back, but they count.
 *
 * @param quietDays a survey leaves out who was asked anything within so many days
 * @param afterCaseDays the question after a solved case leaves out who was asked anything within so many days
 * @param mostAYear questions to one person within 365 days, exit surveys apart
 */
public record AskingRule(int quietDays, int afterCaseDays, int mostAYear) {

    public static final AskingRule SHIPPED = new AskingRule(30, 7, 8);

    /** As the pages state it. */
    public String words() {
        return "A survey leaves out who was asked anything within " + days(quietDays)
                + ", the question after a solved case who was asked anything within " + days(afterCaseDays)
                + "; nobody is asked more than " + mostAYear
                + " times in 365 days. All questions count: surveys, satisfaction"
                + " after cases, and exit surveys, which themselves are never held back.";
    }

    private static String days(int days) {
        return days == 1 ? "1 day" : days + " days";
    }
}
