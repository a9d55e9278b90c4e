package io.perennial.campaigns;

import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When people at customers like to be written to, and in which language. */
@Component
public class Wishes {

    private final JdbcClient database;
    private final Clock clock;

    Wishes(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Wish of(@Nullable UUID contact) {
        return database.sql("select * from campaigns.wish where id = :id")
                .param("id", contact)
                .query(Wishes::wish)
                .optional()
                .orElse(Wish.NONE);
    }

    /** @throws CampaignRefused when nobody could ever be written to in these hours */
    @Transactional
    public void set(UUID contact, Wish wish, Actor actor) {
        try {
            wish.window(LetterRules.Rules.SHIPPED);
        } catch (IllegalArgumentException never) {
            throw new CampaignRefused("Choose at least one day, and hours that begin before they end.");
        }
        database.sql("""
                insert into campaigns.wish as w (id, language, from_hour, to_hour, days, changed_by, changed_at)
                values (:id, :language, :from, :to, :days, :by, :now)
                on conflict (id) do update set language = :language, from_hour = :from, to_hour = :to, days = :days,
                    changed_by = :by, changed_at = :now, version = w.version + 1
                """)
                .param("id", contact)
                .param("language", wish.language())
                .param("from", wish.fromHour())
                .param("to", wish.toHour())
                .param("days", wish.days())
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    static Wish wish(ResultSet row, int number) throws SQLException {
        return new Wish(
                row.getString("language"),
                row.getObject("from_hour", Integer.class),
                row.getObject("to_hour", Integer.class),
                row.getObject("days", Integer.class));
    }
}
