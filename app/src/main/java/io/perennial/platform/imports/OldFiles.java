package io.perennial.platform.imports;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Uploaded files hold what customers told their supplier, so they go as soon as nobody needs them: some days after their
 * import ended, or was left lying. Looked after at each start and each upload; only uploads make more of them.
 */
@Component
class OldFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OldFiles.class);
    private static final int AT_ONCE = 500;

    /** So much later, a file that is still there and belongs to no import is what an upload that was cut off left. */
    private static final Duration LATER = Duration.ofDays(1);

    private final JdbcClient database;
    private final FileStore files;
    private final Clock clock;
    private final Duration kept;

    OldFiles(
            JdbcClient database,
            FileStore files,
            Clock clock,
            @Value("${perennial.imports.keep-files-days:30}") int days) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        this.kept = Duration.ofDays(days);
    }

    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        Thread.ofVirtual().name("old-files").start(this::forget);
    }

    /** Deletes what is due. What cannot be deleted is tried again at the next upload. */
    void forget() {
        try {
            forgetEnded();
            forgetCutOff();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Old uploaded files could not be deleted", e);
        }
    }

    private record Old(UUID id, String storedAs, boolean started) {}

    private void forgetEnded() throws IOException {
        List<Old> old = database.sql("""
                        select i.id, i.stored_as, i.job_id is not null as started
                        from platform.import i
                        left join platform.job j on j.id = i.job_id
                        where i.file_kept and i.created_at < :before
                          and (j.id is null or j.state in ('done', 'cancelled', 'failed'))
                        order by i.created_at limit :most
                        """)
                .param("before", clock.instant().minus(kept).atOffset(ZoneOffset.UTC))
                .param("most", AT_ONCE)
                .query((row, number) ->
                        new Old(row.getObject("id", UUID.class), row.getString("stored_as"), row.getBoolean("started")))
                .list();
        for (Old one : old) {
            files.delete(one.storedAs());
            database.sql(
                            one.started()
                                    ? "update platform.import set file_kept = false where id = :id"
                                    : "delete from platform.import where id = :id and job_id is null")
                    .param("id", one.id())
                    .update();
        }
        if (!old.isEmpty()) {
            LOG.info("Deleted {} uploaded files older than {} days.", old.size(), kept.toDays());
        }
    }

    private void forgetCutOff() throws IOException {
        Instant before = clock.instant().minus(kept).minus(LATER);
        Set<String> stale = files.olderThan(before, AT_ONCE);
        if (stale.isEmpty()) {
            return;
        }
        database.sql("select stored_as from platform.import where stored_as = any(:names)")
                .param("names", stale.toArray(String[]::new))
                .query(row -> {
                    stale.remove(row.getString("stored_as"));
                });
        for (String name : stale) {
            files.delete(name);
        }
    }
}
