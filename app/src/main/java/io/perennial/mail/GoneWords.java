package io.perennial.mail;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How automatic replies say that somebody has left for good, in the languages that we write. A holiday is none of them. */
public final class GoneWords {

    private static final int LONGEST = 200;
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 200;

    private static final Pattern GONE = Pattern.compile("(?iu)\\b(?:"
            + "ha(?:s|ve) left (?:(?:the|our|his|her|their) )?(?:company|organi[sz]ation|team|firm|business|role|position)\\b"
            + "|left (?:the|our) (?:company|organi[sz]ation|firm|business)\\b"
            + "|has left(?: us)?(?= *(?:[.,;!]|$))|has left (?-i:\\p{Lu})"
            + "|no longer (?:with|works?|working|employed|part|at)\\b"
            + "|nicht mehr (?:im unternehmen|in unserem|beim?|f(?:ü|ue)r|t(?:ä|ae)tig|besch(?:ä|ae)ftigt)\\b"
            + "|unternehmen verlassen|ausgeschieden"
            + "|ne travaille plus|ne fait plus partie|a quitt(?:é|e)(?! (?:le|son) bureau)"
            + "|ya no (?:trabaja|forma parte)|ha dejado (?:la|nuestra) (?!oficina)"
            + "|non lavora pi(?:ù|u)|non fa pi(?:ù|u) parte|ha lasciato(?! l.ufficio)"
            + "|werkt niet (?:meer|langer))");

    private GoneWords() {}

    /** @return the line that says it, up to 200 characters; empty when none does */
    public static Optional<String> in(String subject, String text) {
        return Stream.concat(Arrays.stream(text.split("\\R", MOST_LINES)), Stream.of(subject))
                .filter(line ->
                        line.length() < LONGEST_LINE && GONE.matcher(line).find())
                .map(String::strip)
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line)
                .findFirst();
    }
}
