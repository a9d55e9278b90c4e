package io.perennial.health.signals;

import io.perennial.health.signals.SignalBook.Standing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a batch changes about signals, written with one statement per kind of change. */
final class SignalChanges {

    private final List<Opened> opened = new ArrayList<>();
    private final List<Refreshed> refreshed = new ArrayList<>();
    private final List<Closed> closed = new ArrayList<>();
    private final List<Standing> over = new ArrayList<>();

    void open(AccountId account, SignalRule rule, Verdict verdict) {
        opened.add(new Opened(account, rule, verdict));
    }

    void refresh(Standing present, Verdict verdict, boolean wakes) {
        boolean same = present.evidence().equals(verdict.evidence())
                && present.urgency().equals(verdict.urgency().code());
        if (wakes || !same) {
            refreshed.add(new Refreshed(present, verdict, wakes));
        }
    }

    void add(SignalChanges others) {
        opened.addAll(others.opened);
        refreshed.addAll(others.refreshed);
        closed.addAll(others.closed);
        over.addAll(others.over);
    }

    /** Accounts of which a signal opens or closes. */
    Set<AccountId> openedOrClosed() {
        Set<AccountId> moved = new HashSet<>();
        opened.forEach(one -> moved.add(one.account()));
        closed.forEach(one -> moved.add(one.present().account()));
        return moved;
    }

    boolean opensOrCloses() {
        return !opened.isEmpty() || !closed.isEmpty();
    }

    /** An active signal closes; of one that a person finished it is noted that it may fire anew. */
    void close(Standing present, String why) {
        if (present.active()) {
            closed.add(new Closed(present, why));
        } else {
            over.add(present);
        }
    }

    boolean write(JdbcClient database, Instant now) {
        Timestamp at = Timestamp.from(now);
        if (!closed.isEmpty()) {
            database.sql("""
                            update health.signal s
                            set state = 'closed', closed_at = :now, closed_because = t.because, cause_gone = true
                            from unnest(:ids::uuid[], :becauses::text[]) as t (id, because)
                            where s.id = t.id and s.state in ('open', 'acknowledged', 'snoozed')
                            """)
                    .param("now", at)
                    .param("ids", of(closed, row -> row.present().id().toString()))
                    .param("becauses", of(closed, Closed::why))
                    .update();
        }
        if (!over.isEmpty()) {
            database.sql("update health.signal set cause_gone = true where id = any(:ids::uuid[])")
                    .param("ids", of(over, signal -> signal.id().toString()))
                    .update();
        }
        writeRefreshed(database);
        writeOpened(database, at);
        return !opened.isEmpty() || !refreshed.isEmpty() || !closed.isEmpty();
    }

    private void writeRefreshed(JdbcClient database) {
        if (refreshed.isEmpty()) {
            return;
        }
        database.sql("""
                        update health.signal s set
                            evidence = t.evidence, urgency = t.urgency,
                            state = case when t.wakes and s.state = 'snoozed' then 'open' else s.state end
                        from unnest(:ids::uuid[], :evidences::text[], :urgencies::text[], :wakes::bool[])
                            as t (id, evidence, urgency, wakes)
                        where s.id = t.id and s.state in ('open', 'acknowledged', 'snoozed')
                        """)
                .param("ids", of(refreshed, row -> row.present().id().toString()))
                .param("evidences", of(refreshed, row -> row.verdict().evidence()))
                .param("urgencies", of(refreshed, row -> row.verdict().urgency().code()))
                .param("wakes", of(refreshed, row -> Boolean.toString(row.wakes())))
                .update();
    }

    private void writeOpened(JdbcClient database, Timestamp at) {
        if (opened.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into health.signal
                            (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at)
                        select t.id, t.account, t.cause,
                               1 + coalesce((select max(episode) from health.signal s
                                             where s.account_id = t.account and s.cause = t.cause), 0),
                               'open', t.urgency, t.evidence, t.remedy, :now
                        from unnest(:ids::uuid[], :accounts::uuid[], :causes::text[], :urgencies::text[],
                                    :evidences::text[], :remedies::text[])
                            as t (id, account, cause, urgency, evidence, remedy)
                        order by t.account, t.cause
                        on conflict do nothing
                        """)
                .param("now", at)
                .param("ids", of(opened, row -> Ids.next().toString()))
                .param("accounts", of(opened, row -> row.account().toString()))
                .param("causes", of(opened, row -> row.rule().cause()))
                .param("urgencies", of(opened, row -> row.verdict().urgency().code()))
                .param("evidences", of(opened, row -> row.verdict().evidence()))
                .param("remedies", of(opened, row -> row.rule().remedy()))
                .update();
    }

    private static <T> String[] of(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private record Opened(AccountId account, SignalRule rule, Verdict verdict) {}

    private record Closed(Standing present, String why) {}

    private record Refreshed(Standing present, Verdict verdict, boolean wakes) {}
}
