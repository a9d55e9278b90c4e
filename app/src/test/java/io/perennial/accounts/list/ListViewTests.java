package io.perennial.accounts.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.accounts.list.Filter.BadView;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListViewTests {

    @Test
    void aViewIsItsAddress() {
        ListView view = ListView.parse(
                "ferry", List.of("band:is:AT_RISK|WATCH", "arr:over:50000"), "-arr", "owner_name", "name,score,arr");

        assertThat(view.url())
                .isEqualTo("/accounts?q=ferry&filter=band%3Ais%3AAT_RISK%7CWATCH&filter=arr%3Aover%3A50000"
                        + "&sort=-arr&group=owner_name&columns=name,score,arr");
        assertThat(view.filters().getFirst().words()).isEqualTo("Health band is At risk or Watch");
    }

    @Test
    void everythingUsualStaysOutOfTheAddress() {
        assertThat(ListView.parse(null, null, null, null, null).url()).isEqualTo("/accounts");
    }

    @Test
    void takingAFilterAwayLeavesTheRest() {
        ListView view = ListView.parse(null, List.of("band:is:AT_RISK", "arr:over:1"), null, null, null);

        assertThat(view.without(view.filters().getFirst()).url()).isEqualTo("/accounts?filter=arr%3Aover%3A1");
    }

    @Test
    void moneyIsFirstSortedFromTheLargest() {
        ListView view = ListView.parse(null, null, null, null, null);

        assertThat(view.sortedInTurn(ListColumn.ARR).descending()).isTrue();
        assertThat(view.sortedInTurn(ListColumn.ARR)
                        .sortedInTurn(ListColumn.ARR)
                        .descending())
                .isFalse();
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        refused(List.of("password_hash:is:x"), "no column \"password_hash\"");
        refused(List.of("arr:over:lots"), "\"lots\" cannot be compared with ARR");
        refused(List.of("renews_on:is:soon"), "cannot be compared with Renews");
        refused(List.of("band:eats:x"), "no comparison \"eats\"");
        refused(List.of("band:is"), "needs a value");
        refused(List.of("nonsense"), "column:operator:value");
        assertThatThrownBy(() -> ListView.parse(null, null, "id; drop table", null, null))
                .isInstanceOf(BadView.class);
        assertThatThrownBy(() -> ListView.parse("x".repeat(201), null, null, null, null))
                .hasMessageContaining("200 characters");
        assertThatThrownBy(() -> ListView.parse(null, null, null, "arr", null))
                .hasMessageContaining("cannot be grouped by ARR");
    }

    private static void refused(List<String> filters, String reason) {
        assertThatThrownBy(() -> ListView.parse(null, filters, null, null, null))
                .isInstanceOf(BadView.class)
                .hasMessageContaining(reason);
    }
}
