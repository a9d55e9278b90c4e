package io.perennial.events.reading;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Room for the days to come, and an end for days whose time is over: a partition is dropped, never deleted row by row.
 * What was counted stays. A day that nobody has read yet stays as well, however old.
 */
@Component
class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);
    private static final int DAYS_AHEAD = 3;

    /** Days of the inbox, as the entrance makes those that are missing: freezing them writes each a second time. */
    /** "duplicate_table": the entrance came to the same day in the same moment. */
    private static final String MADE_BY_ANOTHER = "42P07";

    private static final String UNFROZEN = " with (autovacuum_vacuum_insert_threshold = -1)";

    private final JdbcClient database;
    private final InboxReader inbox;
    private final Clock clock;
    private final int daysKept;
    private final TransactionTemplate alone;
    private @Nullable LocalDate kept;

    Partitions(
            JdbcClient database,
            InboxReader inbox,
            Clock clock,
            PlatformTransactionManager transactions,
            @Value("${perennial.events.days-kept:90}") int daysKept) {
        this.database = database;
        this.inbox = inbox;
        this.clock = clock;
        this.daysKept = daysKept;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Once a day, and at the first call. */
    synchronized void keep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(kept)) {
            return;
        }
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            add("inbox", "inbox_" + suffix(day), day, day.plusDays(1));
            LocalDate month = day.withDayOfMonth(1);
            add("message", "message_" + suffix(month), month, month.plusMonths(1));
            add("unresolved", "unresolved_" + suffix(month), month, month.plusMonths(1));
        }
        drop(today.minusDays(daysKept));
        kept = today;
    }

    private static String suffix(LocalDate day) {
        return day.toString().replace('-', '_');
    }

    /** Attached rather than created in place, which would make everybody who appends wait. */
    private void add(String table, String name, LocalDate from, LocalDate to) {
        tried(name, () -> {
            if (exists(name)) {
                return;
            }
            database.sql("create table events.%s (like events.%s including defaults)%s"
                            .formatted(name, table, table.equals("inbox") ? UNFROZEN : ""))
                    .update();
            if (table.equals("message")) {
                database.sql("create unique index %s_once on events.%s (message)".formatted(name, name))
                        .update();
            }
            database.sql("alter table events.%s attach partition events.%s for values from ('%s') to ('%s')"
                            .formatted(table, name, from, to))
                    .update();
        });
    }

    private boolean exists(String name) {
        return database.sql("select to_regclass(:name) is not null")
                .param("name", "events." + name)
                .query(Boolean.class)
                .single();
    }

    /** @param first day that stays */
    private void drop(LocalDate first) {
        for (String name : partitions("inbox")) {
            LocalDate day = LocalDate.parse(name.substring("inbox_".length()).replace('_', '-'));
            if (day.isBefore(first)) {
                tried(name, () -> dropRead(name, day));
            }
        }
        for (String table : List.of("message", "unresolved")) {
            for (String name : partitions(table)) {
                LocalDate month =
                        LocalDate.parse(name.substring(table.length() + 1).replace('_', '-'));
                if (!month.plusMonths(1).isAfter(first)) {
                    tried(name, () -> database.sql("drop table events." + name).update());
                }
            }
        }
        tried("inbox_other", () -> {
            int gone = database.sql("delete from events.inbox_other where received_on < :first and seq <= :cursor")
                    .param("first", first)
                    .param("cursor", inbox.cursor())
                    .update();
            if (gone > 0) {
                dropped(first.minusDays(1));
            }
            database.sql("delete from events.unresolved_other where received_on < :first")
                    .param("first", first)
                    .update();
            database.sql("delete from events.parked where received_on < :first")
                    .param("first", first)
                    .update();
        });
    }

    private void dropRead(String name, LocalDate day) {
        long last = database.sql("select coalesce(max(seq), 0) from events." + name)
                .query(Long.class)
                .single();
        if (last <= inbox.cursor()) {
            database.sql("drop table events." + name).update();
            dropped(day);
        }
    }

    private void dropped(LocalDate until) {
        database.sql("insert into events.dropped (until) select :day where not exists (select from events.dropped)")
                .param("day", until)
                .update();
        database.sql("update events.dropped set until = :day where until < :day")
                .param("day", until)
                .update();
    }

    private List<String> partitions(String table) {
        return database.sql("""
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = cast(:table as regclass) and c.relname ~ '[0-9]$' order by c.relname
                """)
                .param("table", "events." + table)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** When somebody holds the table for long, another day's try will do: meanwhile the default partition takes rows. */
    private void tried(String name, Runnable change) {
        try {
            alone.executeWithoutResult(transaction -> {
                database.sql("set local lock_timeout = '2s'").update();
                change.run();
            });
        } catch (DataAccessException e) {
            if (!wasMadeByAnother(e)) {
                log.info("Partition {} has to wait: {}", name, e.getMessage());
            }
        }
    }

    private static boolean wasMadeByAnother(DataAccessException e) {
        return e.getCause() instanceof SQLException cause && MADE_BY_ANOTHER.equals(cause.getSQLState());
    }
}
