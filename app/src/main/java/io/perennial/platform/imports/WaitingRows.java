package io.perennial.platform.imports;

import io.perennial.platform.background.Loop;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rows that named a record which was not here come in by themselves when it arrives, as long as the file is kept and its import
 * was not undone. They are part of the same change as the other rows of their file.
 */
@Component
public class WaitingRows extends Loop {

    private static final Duration REST = Duration.ofMinutes(2);

    private final Records records;
    private final Jobs jobs;
    private final JdbcClient database;
    private final TransactionTemplate transactions;

    WaitingRows(
            Records records,
            Jobs jobs,
            JdbcClient database,
            PlatformTransactionManager transactions,
            @Value("${perennial.imports.waiting-rows:true}") boolean enabled) {
        super("waiting-rows", Duration.ofSeconds(30), enabled);
        this.records = records;
        this.jobs = jobs;
        this.database = database;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration step() {
        settle();
        return REST;
    }

    /** @return jobs that bring in rows whose missing records are here now */
    public List<UUID> settle() {
        Set<UUID> touched = new HashSet<>();
        for (String name : awaited()) {
            records.type(name).ifPresent(type -> touched.addAll(arrived(type)));
        }
        List<UUID> begun = new ArrayList<>();
        touched.forEach(id -> begun.addAll(begin(id)));
        return begun;
    }

    private List<String> awaited() {
        return database.sql("""
                select distinct waits_for from platform.import_problem where waits_for is not null and not arrived
                """).query((row, number) -> row.getString(1)).list();
    }

    /** By its external id, or by the address that may stand for it, as that of a colleague may. */
    private Set<UUID> arrived(RecordType type) {
        Set<UUID> imports = new HashSet<>(arrived(type, "t.external_id = p.value"));
        type.addressColumn()
                .ifPresent(address -> imports.addAll(arrived(
                        type,
                        "position('@' in p.value) > 1 and lower(t.%s) = lower(btrim(p.value))"
                                .formatted(address.storedIn()))));
        return imports;
    }

    private List<UUID> arrived(RecordType type, String meant) {
        return database.sql("""
                with here as (
                    update platform.import_problem p set arrived = true from %s t
                    where p.waits_for = :type and not p.arrived and %s
                    returning p.import_id)
                select distinct import_id from here
                """.formatted(type.table(), meant))
                .param("type", type.name())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private List<UUID> begin(UUID id) {
        return database.sql("""
                select i.file_name, i.type, i.actor_kind, i.actor_id, i.actor_name from platform.import i
                where i.id = :id and i.file_kept
                  and not exists (select from platform.change c where c.id = i.change_id and c.undone_by is not null)
                  and exists (select from platform.import_problem p where p.import_id = i.id
                      group by p.row_number having bool_and(p.waits_for is not null and p.arrived))
                """)
                .param("id", id)
                .query((row, number) -> {
                    Actor actor = new Actor(
                            Actor.Kind.valueOf(row.getString("actor_kind")),
                            row.getObject("actor_id", UUID.class),
                            row.getString("actor_name"));
                    String title = "Rows of " + row.getString("file_name") + " that waited for other records";
                    return transactions.execute(
                            status -> jobs.submit(LinkJob.KIND, title, ImportJob.parameters(id), actor));
                })
                .list();
    }

    /** How many rows of an import wait, by what they wait for, as a sentence; empty when none does. */
    String told(UUID id) {
        record Waiting(String type, long rows) {}
        List<Waiting> waiting = database.sql("""
                select p.waits_for, count(distinct p.row_number) from platform.import_problem p
                join platform.import i on i.id = p.import_id
                where p.import_id = :id and p.waits_for is not null and i.file_kept
                  and not exists (select from platform.import_problem other where other.import_id = p.import_id
                      and other.row_number = p.row_number and other.waits_for is null)
                group by 1 order by 2 desc, 1
                """)
                .param("id", id)
                .query((row, number) -> new Waiting(row.getString(1), row.getLong(2)))
                .list();
        return String.join(
                ", ",
                waiting.stream()
                        .map(one -> String.format(
                                Locale.ENGLISH,
                                "%,d %s %s",
                                one.rows(),
                                one.rows() == 1 ? "row waits for" : "rows wait for",
                                records.type(one.type())
                                        .map(type -> type.title().toLowerCase(Locale.ROOT))
                                        .orElse(one.type())))
                        .toList());
    }
}
