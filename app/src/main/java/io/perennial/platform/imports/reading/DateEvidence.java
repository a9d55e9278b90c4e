package io.perennial.platform.imports.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at every value of a column and concludes how its dates are written. */
public final class DateEvidence {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})([./-])(\\d{1,2})\\2(\\d{1,4})"
            + "(?:[T ](\\d{1,2}):\\d{2}(?::\\d{2}(?:[.,](\\d{1,9}))?)?)?(?: ?(?:Z|[+-]\\d{2}:?\\d{2}))?");

    private int iso;
    private int yearFirst;
    private int dayOver12;
    private int monthOver12;
    private int either;
    private char separator = '/';
    private boolean time;
    private int fraction;
    private boolean shortYear;
    private @Nullable String sample;

    public void see(String value) {
        if (value.length() < 6 || value.length() > 40 || !isDigit(value.charAt(0))) {
            return;
        }
        Matcher date = SHAPE.matcher(value);
        if (!date.matches()) {
            return;
        }
        time |= date.group(5) != null;
        fraction = Math.max(fraction, date.group(6) == null ? 0 : date.group(6).length());
        if (date.group(1).length() == 4) {
            seeYearFirst(value, date.group(2).charAt(0));
            return;
        }
        int years = date.group(4).length();
        if (date.group(1).length() > 2 || (years != 4 && years != 2)) {
            return;
        }
        separator = date.group(2).charAt(0);
        shortYear |= years == 2;
        seeParts(value, Integer.parseInt(date.group(1)), Integer.parseInt(date.group(3)));
    }

    private void seeYearFirst(String value, char mark) {
        if (mark == '-') {
            iso++;
        } else {
            yearFirst++;
            separator = mark;
        }
        sample = sample == null ? value : sample;
    }

    private void seeParts(String value, int first, int second) {
        if (first > 12) {
            dayOver12++;
        } else if (second > 12) {
            monthOver12++;
        } else {
            sample = either == 0 && first != second ? value : sample;
            either++;
        }
        sample = sample == null ? value : sample;
    }

    public DateVerdict verdict() {
        boolean parts = dayOver12 + monthOver12 + either > 0;
        if (!parts) {
            if (yearFirst > 0) {
                return clear("uuuu" + separator + "M" + separator + "d" + clock());
            }
            return iso == 0 ? DateVerdict.NONE : new DateVerdict(DateVerdict.Kind.ISO, null, null, null, sample);
        }
        String year = shortYear ? "uu" : "uuuu";
        String dayFirst = "d" + separator + "M" + separator + year + clock();
        String monthFirst = "M" + separator + "d" + separator + year + clock();
        // Dots are day-first everywhere that writes dates with dots.
        boolean isDayFirst = monthOver12 == 0 && (dayOver12 > 0 || separator == '.');
        if (isDayFirst) {
            return clear(dayFirst);
        }
        if (monthOver12 > 0 && dayOver12 == 0) {
            return clear(monthFirst);
        }
        return new DateVerdict(DateVerdict.Kind.UNCLEAR, null, dayFirst, monthFirst, sample);
    }

    private DateVerdict clear(String pattern) {
        return new DateVerdict(DateVerdict.Kind.CLEAR, pattern, null, null, sample);
    }

    private String clock() {
        if (!time) {
            return "";
        }
        return fraction == 0 ? "[ H:mm[:ss]]" : "[ H:mm[:ss[." + "S".repeat(fraction) + "]]]";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
