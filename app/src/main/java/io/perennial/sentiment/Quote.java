package io.perennial.sentiment;

/** A sentence as it may be shown in one line anywhere. */
final class Quote {

    private Quote() {}

    /** As written, on one line, without signs that cannot be seen or turn the direction of what follows. */
    static String of(String text, Sentence sentence) {
        StringBuilder quote = new StringBuilder();
        boolean gap = false;
        int at = sentence.from();
        while (at < sentence.to() && quote.length() < Sentiment.LONGEST_QUOTE) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int type = Character.getType(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point) || type == Character.CONTROL) {
                gap = quote.length() > 0;
            } else if (type != Character.FORMAT && type != Character.SURROGATE && type != Character.UNASSIGNED) {
                if (gap) {
                    quote.append(' ');
                    gap = false;
                }
                quote.appendCodePoint(point);
            }
        }
        boolean cut = at < sentence.to();
        int most = Sentiment.LONGEST_QUOTE - 1;
        if (cut || quote.length() > Sentiment.LONGEST_QUOTE) {
            int end = Math.min(quote.length(), most);
            quote.setLength(end > 0 && Character.isHighSurrogate(quote.charAt(end - 1)) ? end - 1 : end);
            quote.append('\u2026');
        }
        return quote.toString();
    }
}
