package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code usage.account_month}. */
@Component
class PackedMonths {

    private final JdbcClient database;

    PackedMonths(JdbcClient database) {
        this.database = database;
    }

    /** One account's use of one month, as it is stored. */
    record Month(LocalDate first, byte[] days, byte[] features, byte[] logins, boolean used) {

        /** @param recent first of the first month of which features and logins are asked for */
        void addTo(PackedUse use, LocalDate recent) {
            use.days(first, days);
            if (!first.isBefore(recent)) {
                use.features(first, features);
                use.logins(first, logins);
            }
        }

        @Nullable
        LocalDate lastUse() {
            return PackedUse.lastUse(first, days);
        }
    }

    /** Facts that came since somebody looked are packed first. Mostly there are none, which one look at an index tells. */
    void pack(Collection<AccountId> accounts) {
        database.sql("""
                select usage.pack_due(:accounts)
                where exists (select from usage.unpacked where account_id = any(:accounts))
                """).param("accounts", AccountIds.array(accounts)).query(row -> {});
    }

    /** All months up to the end of the span, oldest first. */
    Map<UUID, List<Month>> of(Span span) {
        pack(span.accounts());
        Map<UUID, List<Month>> months = HashMap.newHashMap(span.accounts().size());
        database.sql("""
                select account_id, month, days, features, logins, used from usage.account_month
                where account_id = any(:accounts) and month <= :last order by account_id, month
                """)
                .param("accounts", AccountIds.array(span.accounts()))
                .param("last", LocalDate.ofInstant(span.last(), ZoneOffset.UTC))
                .query(row -> {
                    months.computeIfAbsent(row.getObject(1, UUID.class), account -> new ArrayList<>())
                            .add(new Month(
                                    row.getObject(2, LocalDate.class),
                                    row.getBytes(3),
                                    row.getBytes(4),
                                    row.getBytes(5),
                                    row.getBoolean(6)));
                });
        return months;
    }
}
