package io.perennial.engagement.people;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How automatic replies say that somebody has left for good, in the languages that we write. A holiday is none of them. */
final class GoneWords {

    private static final int LONGEST = 200;
    private static final int MOST_LINES = 200;

    private static final Pattern GONE =
            Pattern.compile("(?iu)\\b(?:ha(?:s|ve) left (?:the |our )?(?:company|organi[sz]ation|team|firm|business)"
                    + "|no longer (?:with|works?|working|employed|part of|at) ?"
                    + "|nicht mehr (?:im unternehmen|bei uns|f(?:ü|ue)r|bei|t(?:ä|ae)tig|besch(?:ä|ae)ftigt)|unternehmen verlassen"
                    + "|ausgeschieden|ne travaille plus|ne fait plus partie|a quitt(?:é|e) (?:la|l'|notre)"
                    + "|ya no (?:trabaja|forma parte)|non lavora pi(?:ù|u)|werkt niet (?:meer|langer))");

    private GoneWords() {}

    /** @return the line that says it; empty when none does */
    static Optional<String> in(String subject, String text) {
        return List.of((subject + "\n" + text).split("\\R", MOST_LINES)).stream()
                .filter(line -> line.length() < 2_000 && GONE.matcher(line).find())
                .map(line -> line.strip())
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line)
                .findFirst();
    }
}
