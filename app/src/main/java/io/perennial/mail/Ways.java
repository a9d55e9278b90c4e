package io.perennial.mail;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the ways out and in are doing, kept so that the page knows it after a restart. */
@Component
public class Ways {

    public static final String SMTP = "smtp";
    public static final String IMAP = "imap";
    public static final String LISTENER = "listener";

    private static final int LONGEST = 500;

    private final JdbcClient database;
    private final Clock clock;

    Ways(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param trouble why it does not work since {@code troubleSince}; null when it did the last time */
    public record Way(
            @Nullable Instant wellAt,
            @Nullable Instant troubleSince,
            @Nullable String trouble) {}

    public void well(String name) {
        database.sql("""
            insert into mail.way (name, well_at) values (:name, :now)
            on conflict (name) do update set well_at = excluded.well_at, trouble_since = null, trouble = null
            """)
                .param("name", name)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    public void trouble(String name, String why) {
        database.sql("""
            insert into mail.way as w (name, trouble_since, trouble) values (:name, :now, :why)
            on conflict (name) do update
            set trouble_since = coalesce(w.trouble_since, excluded.trouble_since), trouble = excluded.trouble
            """)
                .param("name", name)
                .param("now", Timestamp.from(clock.instant()))
                .param("why", why.length() > LONGEST ? why.substring(0, LONGEST) : why)
                .update();
    }

    public Optional<Way> of(String name) {
        return database.sql("select well_at, trouble_since, trouble from mail.way where name = :name")
                .param("name", name)
                .query((row, number) -> new Way(
                        instant(row.getTimestamp("well_at")),
                        instant(row.getTimestamp("trouble_since")),
                        row.getString("trouble")))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
