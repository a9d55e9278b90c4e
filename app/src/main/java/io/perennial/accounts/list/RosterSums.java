package io.perennial.accounts.list;

import io.perennial.accounts.list.ListSummary.Amount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts and revenue under one heading, by band and currency. */
final class RosterSums {

    private final @Nullable String heading;
    private final RosterColumns.Words bands;
    private final RosterColumns.Words currencies;
    private final RosterMoney money;
    private final int atRisk;
    private final long[] byBand;
    private final RosterMoney.@Nullable Sum[] arr;
    private final RosterMoney.@Nullable Sum[] arrAtRisk;
    private long accounts;

    RosterSums(@Nullable String heading, RosterColumns columns) {
        this.heading = heading;
        this.bands = columns.words(ListColumn.BAND);
        this.currencies = columns.words(ListColumn.CURRENCY);
        this.money = columns.money();
        this.atRisk = bands.codeOf("AT_RISK");
        this.byBand = new long[bands.known().size() + 1];
        this.arr = new RosterMoney.Sum[currencies.known().size() + 1];
        this.arrAtRisk = new RosterMoney.Sum[currencies.known().size() + 1];
    }

    void add(int place) {
        accounts++;
        int band = bands.code(place);
        byBand[band + 1]++;
        int currency = currencies.code(place) + 1;
        add(arr, currency, place);
        if (band >= 0 && band == atRisk) {
            add(arrAtRisk, currency, place);
        }
    }

    private void add(RosterMoney.@Nullable Sum[] sums, int currency, int place) {
        RosterMoney.Sum sum = sums[currency];
        if (sum == null) {
            sum = money.new Sum();
            sums[currency] = sum;
        }
        sum.add(place);
    }

    ListSummary summary() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int band = 0; band < byBand.length; band++) {
            if (byBand[band] > 0) {
                counts.merge(band == 0 ? "UNKNOWN" : bands.known().get(band - 1), byBand[band], Long::sum);
            }
        }
        return new ListSummary(heading, accounts, amounts(arr), amounts(arrAtRisk), counts);
    }

    private List<Amount> amounts(RosterMoney.@Nullable Sum[] sums) {
        List<Amount> amounts = new ArrayList<>();
        for (int currency = 0; currency < sums.length; currency++) {
            RosterMoney.Sum sum = sums[currency];
            BigDecimal total = sum == null ? null : sum.total();
            if (total != null) {
                amounts.add(new Amount(currency == 0 ? "" : currencies.known().get(currency - 1), total));
            }
        }
        amounts.sort(Comparator.comparing(Amount::value).reversed());
        return List.copyOf(amounts);
    }
}
