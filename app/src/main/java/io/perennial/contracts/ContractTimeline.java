package io.perennial.contracts;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signatures, beginnings and cancellations on the account's timeline. Ends to come are not history. */
@Component
class ContractTimeline implements TimelineSource {

    private final JdbcClient database;

    ContractTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("contract");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select day, title, detail from (
                    (select signed_on as day, 'Contract signed: ' || coalesce(name, external_id) as title,
                            coalesce(program, '') as detail
                     from contracts.contract where account_id = :account and signed_on < :before
                     order by signed_on desc limit :limit)
                    union all
                    (select starts_on,
                            case when exists (select from contracts.contract_line p
                                    where p.account_id = l.account_id and p.product = l.product
                                      and p.ends_on = l.starts_on)
                            then 'Renewed: ' else 'Began: ' end || product,
                            case when amount is null then ''
                            else trim_scale(amount)::text || ' ' || currency || ' a ' || coalesce(period, 'month') end
                     from contracts.contract_line l where account_id = :account and starts_on < :before
                     order by starts_on desc limit :limit)
                    union all
                    (select ends_on, 'Ended: ' || product, ''
                     from contracts.contract_line l where account_id = :account and ends_on < :before
                       and not exists (select from contracts.contract_line n
                           where n.account_id = l.account_id and n.product = l.product
                             and n.starts_on = l.ends_on)
                     order by ends_on desc limit :limit)
                    union all
                    (select cancelled_on, 'Cancelled: ' || replace(category, '_', ' '),
                            coalesce(reason_detail, comment, reason, '')
                     from contracts.cancellation where account_id = :account and cancelled_on < :before
                     order by cancelled_on desc limit :limit)
                ) events
                order by day desc, title limit :limit
                """)
                .param("account", account.value())
                .param("before", firstDayNotBefore(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getObject("day", LocalDate.class).atStartOfDay().toInstant(ZoneOffset.UTC),
                        "contract",
                        row.getString("title"),
                        row.getString("detail"),
                        "",
                        ""))
                .list();
    }

    /** A day's entry stands at its first instant: it lies before every later instant of that day. */
    private static LocalDate firstDayNotBefore(Instant before) {
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).equals(before) ? day : day.plusDays(1);
    }
}
