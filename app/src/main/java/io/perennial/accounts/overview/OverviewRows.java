package io.perennial.accounts.overview;

import io.perennial.shared.AccountId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the columns of {@code accounts.overview} for a set of accounts; what nobody sets is null. */
public final class OverviewRows {

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<AccountId, @Nullable Object[]> rows;

    public OverviewRows(Collection<AccountId> accounts, List<String> columns) {
        for (String column : columns) {
            places.put(column, places.size());
        }
        rows = LinkedHashMap.newLinkedHashMap(accounts.size());
        accounts.forEach(account -> rows.put(account, new Object[places.size()]));
    }

    /** Accounts that were not asked for are passed over. */
    public void set(AccountId account, String column, @Nullable Object value) {
        @Nullable Object[] row = rows.get(account);
        Integer place = places.get(column);
        if (row != null && place != null) {
            row[place] = value;
        }
    }

    public @Nullable Object get(AccountId account, String column) {
        @Nullable Object[] row = rows.get(account);
        Integer place = places.get(column);
        return row == null || place == null ? null : row[place];
    }

    public Collection<AccountId> accounts() {
        return rows.keySet();
    }
}
