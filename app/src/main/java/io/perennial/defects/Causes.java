package io.perennial.defects;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The taxonomy of causes: shipped ones, and those that a house adds. */
@Component
public class Causes {

    private static final int LONGEST = 100;

    private final JdbcClient database;

    Causes(JdbcClient database) {
        this.database = database;
    }

    public List<Cause> all() {
        List<Cause> all = new ArrayList<>(Cause.SHIPPED);
        all.addAll(database.sql("select key, title, meaning from defects.cause order by lower(title)")
                .query((row, number) -> new Cause(row.getString(1), row.getString(2), row.getString(3), false))
                .list());
        return all;
    }

    /** Its title; the word itself when it is none of ours, and "Unknown" when there is none. */
    public static String title(String key, List<Cause> all) {
        return key.isEmpty()
                ? "Unknown"
                : all.stream()
                        .filter(cause -> cause.key().equals(key))
                        .map(Cause::title)
                        .findFirst()
                        .orElse(key);
    }

    /** @throws DefectRefused when there is such a cause or it has no name */
    @Transactional
    public void add(String title, String meaning, Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            throw new AccessDeniedException("Leaders say which causes there are.");
        }
        String name = title.strip().replaceAll("\\s+", " ");
        String key = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        if (key.isEmpty() || name.length() > LONGEST || meaning.length() > 300 || (name + meaning).indexOf('\0') >= 0) {
            throw new DefectRefused("A cause has a name of up to 100 characters and a meaning of up to 300.");
        }
        boolean known = all().stream()
                .anyMatch(cause -> cause.key().equals(key) || cause.title().equalsIgnoreCase(name));
        if (known) {
            throw new DefectRefused("There is a cause " + name + " already.");
        }
        database.sql(
                        "insert into defects.cause (id, key, title, meaning) values (:id, :key, :title, :meaning) on conflict do nothing")
                .param("id", Ids.next())
                .param("key", key)
                .param("title", name)
                .param("meaning", meaning.strip())
                .update();
    }
}
