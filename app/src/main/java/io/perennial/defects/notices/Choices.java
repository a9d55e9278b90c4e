package io.perennial.defects.notices;

import io.perennial.defects.Defects;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an audience can be chosen by. */
@Component
public class Choices {

    private static final int MOST = 100;

    private final JdbcClient database;
    private final Defects defects;

    Choices(JdbcClient database, Defects defects) {
        this.database = database;
        this.defects = defects;
    }

    /** A program by its key. */
    public record Program(String key, String name) {}

    public record Offer(
            List<String> products,
            List<Program> programs,
            List<String> segments,
            List<String> roles,
            List<String> zones) {}

    public Offer offer() {
        return new Offer(
                defects.products(),
                database.sql("select key, name from programs.program order by tier desc, name limit :most")
                        .param("most", MOST)
                        .query((row, number) -> new Program(row.getString(1), row.getString(2)))
                        .list(),
                defects.segments(),
                database.sql("""
                        select role from (select unnest(role_words) as role from accounts.contact limit 100000) r
                        where role <> '' group by 1 order by count(*) desc, 1 limit :most
                        """)
                        .param("most", MOST)
                        .query((row, number) -> row.getString(1))
                        .list(),
                ZoneId.getAvailableZoneIds().stream()
                        .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV"))
                        .sorted()
                        .toList());
    }
}
