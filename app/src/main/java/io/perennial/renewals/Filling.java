package io.perennial.renewals;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/** Puts what is known about a renewal into a text with places in braces. */
final class Filling {

    private static final int DAYS_TO_ANSWER = 14;

    private Filling() {}

    /** What a text may say about a renewal, by the name that stands in braces; all but its price. */
    static Map<String, String> places(Renewal renewal, String reader, String language, LocalDate today) {
        String answerBy = LocalFormats.day(answerBy(renewal, today), language);
        return Map.of(
                "name", reader,
                "customer", renewal.accountName(),
                "product", NoticeWords.product(renewal, language),
                "due", LocalFormats.day(renewal.dueOn(), language),
                "notice", answerBy,
                "way", NoticeWords.way(renewal.automatic(), language).replace("{notice}", answerBy),
                "sender", Objects.requireNonNullElse(renewal.ownerName(), ""));
    }

    /** In one pass, so that a name with braces stays a name. */
    static String filled(String text, Map<String, String> places, String price) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 1, close);
            String value = name.equals("price") ? price : places.get(name);
            filled.append(text, from, value == null ? open + 1 : open);
            if (value != null) {
                filled.append(value);
            }
            from = value == null ? open + 1 : close + 1;
        }
        return filled.append(text.substring(from)).toString().strip();
    }

    /** A customer who is told late gets a fortnight, or until it is due. */
    private static LocalDate answerBy(Renewal renewal, LocalDate today) {
        LocalDate fortnight = today.plusDays(DAYS_TO_ANSWER);
        LocalDate due = renewal.dueOn();
        return renewal.noticeOn().isAfter(fortnight) ? renewal.noticeOn() : fortnight.isAfter(due) ? due : fortnight;
    }
}
