package io.perennial.bench;

import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processor time of the server's PostgreSQL: what it costs when others make everybody wait. */
final class PostgresWork {

    private final JdbcClient database;
    private final ProcessHandle postmaster;

    PostgresWork(JdbcClient database) {
        this.database = database;
        long backend = database.sql("select pg_backend_pid()").query(Long.class).single();
        postmaster = ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
    }

    /** Milliseconds that its processes of now have spent so far. */
    long spent() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toMillis)
                .sum();
    }

    /** Bytes of its log so far: what a change costs when nothing else counts, pages written whole included. */
    long logged() {
        return database.sql("select cast(pg_current_wal_insert_lsn() - '0/0' as bigint)")
                .query(Long.class)
                .single();
    }
}
