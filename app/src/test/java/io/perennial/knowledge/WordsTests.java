package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTests {

    @Test
    void accentsAndCapitalsMakeNoDifference() {
        assertThat(Words.folded("Größe ÜBUNG café Łódź smørrebrød")).isEqualTo("grosse ubung cafe lodz smorrebrod");
    }

    @Test
    void signsThatADatabaseCannotKeepAreLeftOut() {
        assertThat(Words.readable("a\0b\uD800c")).isEqualTo("abc");
    }

    @Test
    void wordsAreDistinctAndInOrder() {
        assertThat(Words.of("Export, export! of a Board (board-2) & * 's", 10))
                .containsExactly("export", "of", "board");
    }

    @Test
    void aSlipIsALetterTooManyTooFewWrongOrTwoSwapped() {
        assertThat(Words.slips("invoice", "invoice", 2)).isZero();
        assertThat(Words.slips("invocie", "invoice", 2)).isEqualTo(1);
        assertThat(Words.slips("invoce", "invoice", 2)).isEqualTo(1);
        assertThat(Words.slips("invvoice", "invoice", 2)).isEqualTo(1);
        assertThat(Words.slips("envoice", "invoice", 2)).isEqualTo(1);
        assertThat(Words.slips("board", "card", 2)).isEqualTo(2);
        assertThat(Words.slips("board", "reports", 2)).isGreaterThan(2);
    }
}
