package io.perennial.events.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code events.inbox} as its only reader sees it. */
@Component
class InboxReader {

    static final String READER = "use";

    /** Of an answer in memory, beside what was made of it. */
    private static final int ROWS_AT_ONCE = 2_000;

    private final JdbcClient database;

    InboxReader(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param after the place before the first row, {@code last} of the last one
     * @param firstOn the earliest day of arrival among them, {@code lastOn} the latest
     * @param since the earliest arrival
     */
    record Part(long after, long last, LocalDate firstOn, LocalDate lastOn, Instant since, int rows) {}

    /**
     * @param fresh those of all whose message was never taken before; both in the order of the inbox
     * @param conflicts places of the others that say something else than their message did when it was taken
     */
    record Taken(List<Event> all, List<Event> fresh, Set<Long> conflicts) {}

    /** One reader at a time in the whole installation, until the caller's transaction ends. */
    void alone() {
        database.sql("select pg_advisory_xact_lock(hashtext('perennial events reading'))")
                .query(row -> {});
    }

    /** How far reading has come. */
    long cursor() {
        return database.sql("select seq from events.cursor where reader = :reader")
                .param("reader", READER)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * What comes next. By place alone, whatever day it says: a clock that was set back must not hide a row.
     *
     * @return null when nothing waits
     */
    @Nullable
    Part next(int most) {
        return part(cursor(), Long.MAX_VALUE, most);
    }

    /** Rows behind {@code after} up to {@code last}. */
    @Nullable
    Part part(long after, long last, int most) {
        return database.sql("""
                select max(seq) as last, min(received_on) as first_on, max(received_on) as last_on,
                    min(received_at) as since, count(*) as rows
                from (
                    select seq, received_on, received_at from events.inbox where seq > :after and seq <= :last
                    order by seq limit :most
                ) next
                having count(*) > 0
                """)
                .param("after", after)
                .param("last", last)
                .param("most", most)
                .query((row, number) -> new Part(
                        after,
                        row.getLong("last"),
                        row.getObject("first_on", LocalDate.class),
                        row.getObject("last_on", LocalDate.class),
                        row.getTimestamp("since").toInstant(),
                        row.getInt("rows")))
                .optional()
                .orElse(null);
    }

    Taken take(Part part) {
        LongStream.Builder taken = LongStream.builder();
        database.sql("select * from events.take(:after, :last, :firstOn, :lastOn, :month)")
                .param("after", part.after())
                .param("last", part.last())
                .param("firstOn", part.firstOn())
                .param("lastOn", part.lastOn())
                .param("month", part.lastOn().withDayOfMonth(1))
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    taken.add(row.getLong(1));
                });
        long[] fresh = taken.build().sorted().toArray();
        Once once = new Once();
        List<Event> all = new ArrayList<>(part.rows());
        List<Event> chosen = new ArrayList<>(fresh.length);
        LongStream.Builder repeated = LongStream.builder();
        database.sql("select " + Event.COLUMNS + """
                 from events.inbox
                where seq > :after and seq <= :last and received_on between :firstOn and :lastOn order by seq
                """)
                .param("after", part.after())
                .param("last", part.last())
                .param("firstOn", part.firstOn())
                .param("lastOn", part.lastOn())
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    Event event = Event.of(row, once);
                    all.add(event);
                    if (chosen.size() < fresh.length && fresh[chosen.size()] == event.seq()) {
                        chosen.add(event);
                    } else {
                        repeated.add(event.seq());
                    }
                });
        return new Taken(all, chosen, conflicts(part, repeated.build().toArray()));
    }

    private Set<Long> conflicts(Part part, long[] repeated) {
        if (repeated.length == 0) {
            return Set.of();
        }
        return Set.copyOf(database.sql("select * from events.conflicts(:repeated, :firstOn, :lastOn)")
                .param("repeated", repeated)
                .param("firstOn", part.firstOn())
                .param("lastOn", part.lastOn())
                .query(Long.class)
                .list());
    }

    void moveTo(Part part) {
        database.sql("""
                insert into events.cursor (reader, seq, received_on) values (:reader, :seq, :on)
                on conflict (reader) do update set seq = excluded.seq, received_on = excluded.received_on
                """)
                .param("reader", READER)
                .param("seq", part.last())
                .param("on", part.lastOn())
                .update();
    }
}
