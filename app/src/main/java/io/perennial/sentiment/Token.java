package io.perennial.sentiment;

/**
 * A word as the model sees it.
 *
 * @param word small letters, without accents, letters repeated at most twice
 * @param written as it was written
 * @param clause number of the clause within its sentence: a negation reaches to the end of its own
 * @param stretched a letter was repeated: {@code sooo}
 * @param shouted all in capitals
 */
record Token(String word, String written, int clause, boolean stretched, boolean shouted) {}
