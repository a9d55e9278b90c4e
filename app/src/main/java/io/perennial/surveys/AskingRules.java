package io.perennial.surveys;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How often a person may be asked; a leader may say otherwise than is shipped. */
@Component
@Transactional
public class AskingRules implements Undoable {

    private static final String KIND = "asking-rule";
    private static final int LONGEST = 365;

    private final JdbcClient database;
    private final Audit audit;

    AskingRules(JdbcClient database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @Transactional(readOnly = true)
    public AskingRule rule() {
        return database.sql("select quiet_days, after_case_days, most_a_year from surveys.asking_rule")
                .query((row, number) -> new AskingRule(row.getInt(1), row.getInt(2), row.getInt(3)))
                .optional()
                .orElse(AskingRule.SHIPPED);
    }

    /**
     * @return the change, for undo; null when it was so already
     * @throws SurveyRefused naming what cannot be
     */
    public @Nullable UUID set(AskingRule rule, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say how often customers are asked.");
        }
        check("quietDays", rule.quietDays(), 0);
        check("afterCaseDays", rule.afterCaseDays(), 0);
        check("mostAYear", rule.mostAYear(), 1);
        AskingRule before = rule();
        if (before.equals(rule)) {
            return null;
        }
        store(rule);
        return audit.record(
                viewer.actor(),
                KIND,
                "How often customers may be asked",
                List.of(new ChangedThing(KIND, KIND, null, json(before), json(rule))));
    }

    private static void check(String field, int days, int least) {
        if (days < least || days > LONGEST) {
            throw new SurveyRefused(field, "Write a number from " + least + " to " + LONGEST + ".");
        }
    }

    private void store(AskingRule rule) {
        database.sql("""
                insert into surveys.asking_rule (quiet_days, after_case_days, most_a_year) values (:quiet, :cases, :most)
                on conflict (only_one) do update set quiet_days = excluded.quiet_days,
                    after_case_days = excluded.after_case_days, most_a_year = excluded.most_a_year
                """)
                .param("quiet", rule.quietDays())
                .param("cases", rule.afterCaseDays())
                .param("most", rule.mostAYear())
                .update();
    }

    private static String json(AskingRule rule) {
        return "{\"quiet_days\": %d, \"after_case_days\": %d, \"most_a_year\": %d}"
                .formatted(rule.quietDays(), rule.afterCaseDays(), rule.mostAYear());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            if (thing.before() == null || !same(thing.after(), json(rule()))) {
                return "the rule, which was set again since";
            }
            store(read(thing.before()));
            return null;
        });
    }

    /** The database may have put the fields in another order. */
    private static AskingRule read(String json) {
        return new AskingRule(number(json, "quiet_days"), number(json, "after_case_days"), number(json, "most_a_year"));
    }

    private static int number(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
        return found.find() ? Integer.parseInt(found.group(1)) : 1;
    }

    private static boolean same(@Nullable String one, String other) {
        return one != null && read(one).equals(read(other));
    }
}
