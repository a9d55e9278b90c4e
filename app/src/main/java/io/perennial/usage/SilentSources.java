package io.perennial.usage;

import io.perennial.accounts.Changes;
import io.perennial.shared.AccountId;
import io.perennial.usage.counting.Silences;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@code usage.silence}, and the accounts whose use is unknown because of it. */
@Component
class SilentSources implements Silences {

    private final JdbcClient database;
    private final Changes changes;

    SilentSources(JdbcClient database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    @Override
    public List<Silence> open() {
        return database.sql("""
                select s.source_ref, s.source_name, s.since, s.known_until, s.told_at is not null and not s.closed as told,
                    (select count(*) from usage.unheard u where u.silence_id = s.id) as accounts
                from usage.silence s where s.heard_at is null order by s.since, s.id
                """)
                .query((row, number) -> new Silence(
                        row.getString("source_ref"),
                        row.getString("source_name"),
                        row.getTimestamp("since").toInstant(),
                        row.getObject("known_until", LocalDate.class),
                        row.getBoolean("told"),
                        row.getLong("accounts")))
                .list();
    }

    @Override
    public Set<Instant> told(String sourceRef) {
        return new HashSet<>(database.sql("""
                select since from usage.silence where source_ref = :source and told_at is not null
                """)
                .param("source", sourceRef)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list());
    }

    @Override
    @Transactional
    public void begin(String sourceRef, String name, Instant since, boolean closed) {
        LocalDate last = day(since);
        int begun = database.sql("""
                insert into usage.silence (source_ref, source_name, since, known_until, closed)
                values (:source, :name, :since, :until, :closed) on conflict do nothing
                """)
                .param("source", sourceRef)
                .param("name", name)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", last)
                .param("closed", closed)
                .update();
        if (begun == 0) {
            return;
        }
        database.sql("""
                insert into usage.unheard (account_id, silence_id)
                select distinct d.account_id, s.id
                from usage.daily d join usage.silence s on s.source_ref = d.source_ref and s.heard_at is null
                where d.source_ref = :source and d.day between :first and :last
                """)
                .param("source", sourceRef)
                .param("first", last.minusDays(UsageMeasures.WINDOW - 1L))
                .param("last", last)
                .update();
        changes.mark(affected(sourceRef));
    }

    @Override
    @Transactional
    public void tell(String sourceRef, Instant now) {
        int told = database.sql("""
                update usage.silence set told_at = :now, known_until = known_until - 1
                where source_ref = :source and heard_at is null and told_at is null and not closed
                """)
                .param("source", sourceRef)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        if (told > 0) {
            changes.mark(affected(sourceRef));
        }
    }

    @Override
    @Transactional
    public void close(String sourceRef) {
        changes.mark(affected(sourceRef));
        database.sql("update usage.silence set closed = true where source_ref = :source and heard_at is null")
                .param("source", sourceRef)
                .update();
    }

    @Override
    @Transactional
    public void end(String sourceRef, Instant heardAt) {
        changes.mark(affected(sourceRef));
        database.sql("""
                delete from usage.silence where source_ref = :source and heard_at is null and told_at is null
                """).param("source", sourceRef).update();
        database.sql("update usage.silence set heard_at = :at where source_ref = :source and heard_at is null")
                .param("source", sourceRef)
                .param("at", heardAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    private List<AccountId> affected(String sourceRef) {
        return database.sql("""
                select u.account_id from usage.unheard u join usage.silence s on s.id = u.silence_id
                where s.source_ref = :source and s.heard_at is null
                """)
                .param("source", sourceRef)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
