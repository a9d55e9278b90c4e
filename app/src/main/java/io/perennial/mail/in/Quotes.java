package io.perennial.mail.in;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells what is new in a letter from what it repeats. Only an ending that is nothing but repetition is split off: answers
 * written between the lines of a quote stay with it, and what was forwarded is news.
 */
final class Quotes {

    private static final Pattern ATTRIBUTION = Pattern.compile(
            "(?i)^\\s*>?\\s*(on\\s.{4,300}\\swrote|am\\s.{4,300}\\sschrieb.{0,200}|le\\s.{4,300}\\sa\\s+écrit|el\\s.{4,300}\\sescribió"
                    + "|il\\s.{4,300}\\sha\\s+scritto|op\\s.{4,300}\\sschreef.{0,200}|em\\s.{4,300}\\sescreveu|.{4,200}\\swrote)\\s*:\\s*$");
    private static final Pattern ORIGINAL = Pattern.compile(
            "(?i)^\\s*-{2,}\\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio"
                    + " originale|oorspronkelijk bericht|mensagem original)\\s*-{2,}\\s*$");
    private static final Pattern FROM = Pattern.compile("(?i)^\\s*\\*?(from|von|de|da|van)\\s*:\\*?\\s.*");
    private static final Pattern SENT = Pattern.compile(
            "(?i)^\\s*\\*?(sent|date|gesendet|datum|envoyé|enviado|inviato|data|verzonden)\\s*:\\*?\\s.*");
    private static final Pattern RULE = Pattern.compile("^\\s*_{10,}\\s*$");
    private static final Pattern FORWARDED = Pattern.compile(
            "(?i)^\\s*(-{2,}\\s*(forwarded message|weitergeleitete nachricht|message transféré)\\s*-{2,}|begin"
                    + " forwarded message:)\\s*$");
    private static final int LONGEST_ATTRIBUTION = 3;
    private static final int HEAD_LINES = 4;

    private Quotes() {}

    record Split(String fresh, String quoted) {}

    static Split split(String letter) {
        List<String> lines =
                letter.replace("\r\n", "\n").replace('\r', '\n').lines().toList();
        int cut = cut(lines);
        String fresh = String.join("\n", lines.subList(0, cut)).strip();
        if (fresh.isEmpty()) {
            return new Split(String.join("\n", lines).strip(), "");
        }
        return new Split(
                fresh, String.join("\n", lines.subList(cut, lines.size())).strip());
    }

    private static int cut(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (FORWARDED.matcher(lines.get(i)).matches()) {
                return lines.size();
            }
            if (ORIGINAL.matcher(lines.get(i)).matches() || isOutlookHead(lines, i)) {
                return i;
            }
            int words = attribution(lines, i);
            if (words > 0 && isQuoteToTheEnd(lines, i + words)) {
                return i;
            }
        }
        return trailingQuote(lines);
    }

    /** @return how many lines it takes, 0 when there is none here */
    private static int attribution(List<String> lines, int at) {
        StringBuilder joined = new StringBuilder();
        for (int n = 1; n <= LONGEST_ATTRIBUTION && at + n <= lines.size(); n++) {
            String line = lines.get(at + n - 1);
            if (line.isBlank()) {
                return 0;
            }
            joined.append(' ').append(line.strip());
            if (joined.length() > 600) {
                return 0;
            }
            if (ATTRIBUTION.matcher(joined).matches()) {
                return n;
            }
        }
        return 0;
    }

    private static boolean isOutlookHead(List<String> lines, int at) {
        int first = RULE.matcher(lines.get(at)).matches() ? at + 1 : at;
        if (first >= lines.size() || !FROM.matcher(lines.get(first)).matches()) {
            return false;
        }
        return lines.subList(first + 1, Math.min(lines.size(), first + 1 + HEAD_LINES)).stream()
                .anyMatch(line -> SENT.matcher(line).matches());
    }

    /** All of it is quoted, or none of it is: some programs quote without marks. */
    private static boolean isQuoteToTheEnd(List<String> lines, int from) {
        boolean marked = false;
        boolean plain = false;
        for (String line : lines.subList(from, lines.size())) {
            if (isMarked(line)) {
                marked = true;
            } else if (!line.isBlank()) {
                plain = true;
            }
        }
        return !(marked && plain);
    }

    private static int trailingQuote(List<String> lines) {
        int end = lines.size();
        boolean marked = false;
        while (end > 0 && (isMarked(lines.get(end - 1)) || lines.get(end - 1).isBlank())) {
            marked |= isMarked(lines.get(end - 1));
            end--;
        }
        return marked ? end : lines.size();
    }

    private static boolean isMarked(String line) {
        return line.stripLeading().startsWith(">");
    }
}
