package io.perennial.campaigns;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.Purpose;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How the house writes to people who did not ask for it. */
@Component
public class LetterRules {

    static final String KIND = "letter-rules";

    private static final int WORKDAYS = 0b11111;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    LetterRules(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param mostLetters that one reader gets unasked, from campaigns, playbooks and surveys together ...
     * @param withinDays ... within so many days
     * @param fromHour on the reader's clock; see {@link SendWindow}
     * @param zone of readers whose own is not known
     * @param askedFirst kinds of letters that need the reader's yes
     * @param leaderAbove campaigns to more people than that are started by leaders
     */
    public record Rules(
            int mostLetters,
            int withinDays,
            int fromHour,
            int toHour,
            int days,
            String zone,
            Set<Purpose> askedFirst,
            int leaderAbove) {

        static final Rules SHIPPED = new Rules(2, 7, 8, 18, WORKDAYS, "UTC", Set.of(), 500);

        SendWindow window() {
            return new SendWindow(fromHour, toHour, days);
        }

        public boolean writesOn(int day) {
            return (days >> day & 1) == 1;
        }
    }

    public Rules now() {
        return database.sql("select * from campaigns.rules")
                .query(LetterRules::rules)
                .optional()
                .orElse(Rules.SHIPPED);
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** @return the change, for undo; null when nothing is different */
    @Transactional
    public @Nullable UUID set(Rules rules, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Leaders decide how the house writes.");
        }
        check(rules);
        String before = state();
        write(rules, viewer.name());
        String after = state();
        return Objects.equals(before, after)
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        "How the house writes to readers changed",
                        List.of(new ChangedThing(KIND, KIND, null, before, after)));
    }

    private static void check(Rules rules) {
        try {
            rules.window();
            ZoneId.of(rules.zone());
        } catch (DateTimeException unknown) {
            throw new CampaignRefused("There is no time zone " + rules.zone() + ". Write one as Europe/Oslo.");
        } catch (IllegalArgumentException never) {
            throw new CampaignRefused("Choose at least one day, and hours that begin before they end.");
        }
        if (rules.mostLetters() < 1
                || rules.mostLetters() > 100
                || rules.withinDays() < 1
                || rules.withinDays() > 365) {
            throw new CampaignRefused("Between 1 and 100 letters within 1 to 365 days.");
        }
        if (rules.leaderAbove() < 0) {
            throw new CampaignRefused("From how many people on must a leader start a campaign?");
        }
    }

    private void write(Rules rules, String by) {
        database.sql("""
                insert into campaigns.rules as r (most_letters, within_days, from_hour, to_hour, days, zone, asked_first,
                    leader_above, set_by, set_at)
                values (:most, :within, :from, :to, :days, :zone, :asked, :leader, :by, :now)
                on conflict (one) do update set most_letters = :most, within_days = :within, from_hour = :from, to_hour = :to,
                    days = :days, zone = :zone, asked_first = :asked, leader_above = :leader, set_by = :by, set_at = :now,
                    version = r.version + 1
                """)
                .param("most", rules.mostLetters())
                .param("within", rules.withinDays())
                .param("from", rules.fromHour())
                .param("to", rules.toHour())
                .param("days", rules.days())
                .param("zone", rules.zone())
                .param(
                        "asked",
                        rules.askedFirst().stream().map(Purpose::key).sorted().toArray(String[]::new))
                .param("leader", rules.leaderAbove())
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Nullable
    String state() {
        return database.sql("select (to_jsonb(r) - 'version' - 'set_by' - 'set_at')::text from campaigns.rules r")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    void restore(@Nullable String state) {
        database.sql("delete from campaigns.rules").update();
        if (state != null) {
            database.sql("""
                    insert into campaigns.rules
                    select * from jsonb_populate_record(null::campaigns.rules,
                        cast(:state as jsonb) || jsonb_build_object('set_by', 'undo', 'set_at', cast(:now as timestamptz), 'version', 1))
                    """)
                    .param("state", state)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }

    private static Rules rules(ResultSet row, int number) throws SQLException {
        Set<Purpose> asked = EnumSet.noneOf(Purpose.class);
        Stream.of((String[]) row.getArray("asked_first").getArray())
                .forEach(key -> Purpose.find(key).ifPresent(asked::add));
        return new Rules(
                row.getInt("most_letters"),
                row.getInt("within_days"),
                row.getInt("from_hour"),
                row.getInt("to_hour"),
                row.getInt("days"),
                row.getString("zone"),
                asked,
                row.getInt("leader_above"));
    }
}
