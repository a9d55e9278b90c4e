package io.perennial.cases.desk;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a queue is narrowed to; an empty text narrows nothing.
 *
 * @param product in any letter case
 * @param priority urgent, high, medium or low
 * @param team name of one, of the case or of whoever has it
 * @param tag one of those that stick to the case
 * @param words to look for in subjects, in any order and those in quotes as they stand, or a number
 */
public record QueueFilter(String product, String priority, String team, String tag, String words) {

    public static final QueueFilter NONE = new QueueFilter("", "", "", "", "");

    private static final int LONGEST = 200;

    public QueueFilter {
        product = clean(product);
        priority = clean(priority);
        team = clean(team);
        tag = clean(tag);
        words = clean(words);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    boolean isNumber() {
        return words.matches("#?\\d{1,15}");
    }

    SubjectWords subject() {
        return SubjectWords.of(isNumber() ? "" : words);
    }

    /** Conditions on {@code c}, each beginning with {@code and}; without the words. */
    String where() {
        StringBuilder where = new StringBuilder();
        if (!product.isEmpty()) {
            where.append(" and lower(c.product) = :product");
        }
        if (!priority.isEmpty()) {
            where.append(" and c.priority = :priority");
        }
        if (!team.isEmpty()) {
            where.append("""
                     and (c.team_id in (select t.id from identity.team t where lower(t.name) = :team)
                        or c.team_id is null and c.assignee_id in (
                            select m.id from identity.team_member m join identity.team t on t.id = m.team_id
                            where lower(t.name) = :team))
                    """);
        }
        if (!tag.isEmpty()) {
            where.append(" and regexp_split_to_array(lower(c.tags), '\\s*,\\s*') @> array[cast(:tag as text)]");
        }
        if (isNumber()) {
            where.append(" and c.number = :number");
        }
        return where.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> values = new LinkedHashMap<>(subject().parameters());
        values.put("product", product.toLowerCase(Locale.ROOT));
        values.put("priority", priority);
        values.put("team", team.toLowerCase(Locale.ROOT));
        values.put("tag", tag.toLowerCase(Locale.ROOT));
        values.put("number", isNumber() ? Long.parseLong(words.replace("#", "")) : 0L);
        return values;
    }

    private static String clean(String text) {
        String clean = text.replace("\0", "").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }
}
