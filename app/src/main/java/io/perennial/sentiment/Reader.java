package io.perennial.sentiment;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into sentences and words in one pass. What is no prose says nothing about anybody's mood and is left out:
 * code, addresses, names of people and of things in programs, lines quoted from others.
 */
final class Reader {

    /** A mail beyond this is read as far as here. */
    static final int MOST_CHARACTERS = 20_000;

    static final int LONGEST_WORD = 40;
    private static final int MOST_SENTENCES = 400;
    private static final String FRIENDLY = ")D]P*3";
    private static final String UNFRIENDLY = "([/|@<";

    private final String text;
    private final int end;
    private final List<Sentence> sentences = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private int at;
    private int from;
    private int clause;
    private int exclamations;
    private int questions;
    private int smiles;

    private Reader(String text) {
        this.text = text;
        int limit = Math.min(text.length(), MOST_CHARACTERS);
        this.end = limit > 0 && limit < text.length() && Character.isHighSurrogate(text.charAt(limit - 1))
                ? limit - 1
                : limit;
    }

    static List<Sentence> read(String text) {
        Reader reader = new Reader(text);
        reader.all();
        return reader.sentences;
    }

    private void all() {
        while (at < end && sentences.size() < MOST_SENTENCES) {
            char c = text.charAt(at);
            if (lineStarts() && c == '>') {
                skipLine();
            } else if (c == '`') {
                skipCode();
            } else if (c == '<') {
                skipTag();
            } else if (Character.isLetter(text.codePointAt(at))) {
                word();
            } else if (c == '@' || c == '#') {
                at++;
                skipName();
            } else if (Character.isDigit(c)) {
                skipName();
            } else {
                sign(c);
            }
        }
        finish(at);
    }

    private boolean lineStarts() {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private void skipLine() {
        int next = text.indexOf('\n', at);
        at = next < 0 || next >= end ? end : next + 1;
        finish(at);
    }

    /** Between backticks; a lonely one is no code. */
    private void skipCode() {
        boolean fence = text.startsWith("```", at);
        int opened = at + (fence ? 3 : 1);
        int closed = opened;
        while (closed < end && text.charAt(closed) != '`' && (fence || text.charAt(closed) != '\n')) {
            closed++;
        }
        if (closed < end && text.charAt(closed) == '`') {
            at = fence ? Math.min(end, closed + 3) : closed + 1;
        } else {
            at = opened;
        }
        at = Math.min(at, end);
    }

    private void skipTag() {
        if (text.startsWith("<3", at)) {
            smiles++;
            at += 2;
            return;
        }
        int closed = at + 1;
        int most = Math.min(end, at + 200);
        while (closed < most && text.charAt(closed) != '>' && text.charAt(closed) != '<') {
            closed++;
        }
        boolean tag = closed < most && text.charAt(closed) == '>' && closed > at + 1;
        at = tag ? closed + 1 : at + 1;
    }

    /** An address, a number, a name: up to the next space. */
    private void skipName() {
        while (at < end && !Character.isWhitespace(text.charAt(at)) && !isBreak(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBreak(char c) {
        return c == ',' || c == ';' || c == '!' || c == '?' || c == ')' || c == '(' || c == '"';
    }

    private void word() {
        int start = at;
        boolean thing = false;
        boolean lowerBefore = false;
        int upper = 0;
        int letters = 0;
        while (at < end) {
            int point = text.codePointAt(at);
            if (Character.isLetter(point) || Character.getType(point) == Character.NON_SPACING_MARK) {
                boolean isUpper = Character.isUpperCase(point);
                thing |= isUpper && lowerBefore;
                lowerBefore = Character.isLowerCase(point);
                upper += isUpper ? 1 : 0;
                letters++;
            } else if (Character.isDigit(point) || point == '_') {
                thing = true;
            } else if (joins(point, start, thing)) {
                thing = true;
                lowerBefore = false;
            } else if (!inWord(point)) {
                break;
            } else {
                lowerBefore = false;
            }
            at += Character.charCount(point);
        }
        at = Math.min(at, end);
        if (at < end && text.charAt(at) == '(' && at + 1 < end && text.charAt(at + 1) == ')') {
            thing = true;
        }
        if (!thing && at - start <= LONGEST_WORD) {
            add(text.substring(start, at), letters > 3 && upper == letters);
        }
    }

    /** Whether a sign makes what stands before and after it one name: of a page, a file, something in a program. */
    private boolean joins(int point, int start, boolean thing) {
        return switch (point) {
            case '\\', '@', '=' -> true;
            case '/' -> thing;
            case ':' -> text.startsWith("://", at) || text.startsWith("::", at);
            case '.' ->
                at + 1 < end
                        && (Character.isLowerCase(text.charAt(at + 1))
                                || Character.isDigit(text.charAt(at + 1))
                                || Character.isUpperCase(text.charAt(at + 1))
                                        && (thing || Character.isUpperCase(text.charAt(start))));
            default -> false;
        };
    }

    /** Apostrophes and hyphens between letters, and what cannot be seen. */
    private boolean inWord(int point) {
        if (point == '\'' || point == '\u2019' || point == '-') {
            return at + 1 < end && Character.isLetter(text.charAt(at + 1));
        }
        return Character.getType(point) == Character.FORMAT;
    }

    private void add(String written, boolean shouted) {
        String word = fold(written);
        String squeezed = squeeze(word);
        // French and Italian articles and pronouns hang on the next word: l'export, qu'il.
        int apostrophe = squeezed.indexOf('\'');
        if (apostrophe > 0 && apostrophe <= 2 && apostrophe + 3 < squeezed.length()) {
            put(squeezed.substring(0, apostrophe + 1), written, false, false);
            put(squeezed.substring(apostrophe + 1), written, !squeezed.equals(word), shouted);
        } else {
            put(squeezed, written, !squeezed.equals(word), shouted);
        }
    }

    private void put(String word, String written, boolean stretched, boolean shouted) {
        tokens.add(new Token(word, written, clause, stretched, shouted));
    }

    static String fold(String written) {
        String small = written.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        boolean plain = true;
        for (int i = 0; i < small.length() && plain; i++) {
            plain = small.charAt(i) < 128;
        }
        if (plain) {
            return small;
        }
        String apart = Normalizer.normalize(small.replace("ß", "ss"), Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(point -> {
                    int type = Character.getType(point);
                    return type != Character.NON_SPACING_MARK && type != Character.FORMAT;
                })
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** A letter three times or more is meant twice at most. */
    private static String squeeze(String word) {
        StringBuilder squeezed = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            int length = squeezed.length();
            char c = word.charAt(i);
            if (length < 2 || squeezed.charAt(length - 1) != c || squeezed.charAt(length - 2) != c) {
                squeezed.append(c);
            }
        }
        return squeezed.toString();
    }

    private void sign(char c) {
        switch (c) {
            case '!', '\uff01' -> exclamations++;
            case '?', '\uff1f' -> questions++;
            case ',', ';', '\u2013', '\u2014', '(', ')' -> clause++;
            case ':', '=' -> smile();
            default -> emoji();
        }
        at += Character.charCount(text.codePointAt(at));
        at = Math.min(at, end);
        boolean stop =
                c == '.' || c == '!' || c == '?' || c == '\u2026' || c == '\u3002' || c == '\uff01' || c == '\uff1f';
        boolean blank = c == '\n' && at < end && text.charAt(at) == '\n';
        if (blank || stop && (at >= end || endsBefore(text.charAt(at)))) {
            finish(at);
        }
    }

    private static boolean endsBefore(char next) {
        return Character.isWhitespace(next) || Character.isUpperCase(next);
    }

    private void smile() {
        int mouth = at + 1 < end && text.charAt(at + 1) == '-' ? at + 2 : at + 1;
        clause++;
        if (mouth < end && (mouth + 1 >= end || !Character.isLetterOrDigit(text.charAt(mouth + 1)))) {
            if (FRIENDLY.indexOf(text.charAt(mouth)) >= 0) {
                smiles++;
                at = mouth;
            } else if (UNFRIENDLY.indexOf(text.charAt(mouth)) >= 0) {
                smiles--;
                at = mouth;
            }
        }
    }

    private void emoji() {
        int point = text.codePointAt(at);
        if (point >= 0x1F600 && point <= 0x1F60E
                || point == 0x1F44D
                || point == 0x1F44F
                || point == 0x1F389
                || point == 0x2764
                || point == 0x1F64F
                || point == 0x1F642
                || point == 0x1F970) {
            smiles++;
        } else if (point >= 0x1F612 && point <= 0x1F616
                || point >= 0x1F61E && point <= 0x1F62D
                || point == 0x1F44E
                || point == 0x1F92C
                || point == 0x1F644
                || point == 0x1F641
                || point == 0x1F92F) {
            smiles--;
        }
    }

    private void finish(int to) {
        if (!tokens.isEmpty() || smiles != 0) {
            sentences.add(new Sentence(tokens, from, to, exclamations, questions, smiles));
        } else if (!sentences.isEmpty() && exclamations + questions > 0) {
            // "Why? ??": the signs belong to what was said before.
            Sentence last = sentences.removeLast();
            sentences.add(new Sentence(
                    last.tokens(),
                    last.from(),
                    last.to(),
                    last.exclamations() + exclamations,
                    last.questions() + questions,
                    last.smiles()));
        }
        tokens = new ArrayList<>();
        from = to;
        clause = 0;
        exclamations = 0;
        questions = 0;
        smiles = 0;
    }
}
