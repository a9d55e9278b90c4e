package io.perennial.sentiment;

import java.util.List;

/**
 * Words up to a full stop, with how they end.
 *
 * @param from where it begins in the text
 * @param to where it ends, exclusive
 * @param exclamations exclamation marks in it
 * @param questions question marks in it
 * @param smiles friendly signs less unfriendly ones
 */
record Sentence(List<Token> tokens, int from, int to, int exclamations, int questions, int smiles) {}
