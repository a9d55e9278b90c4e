package io.perennial.renewals;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The texts of letters about renewals: the company's own where it wrote one, else those that ship. */
@Component
public class Templates {

    static final String KIND = "renewal-template";

    private static final Pattern PLACE = Pattern.compile("\\{([^{}\\n]{0,40})}");
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 10_000;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Templates(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param own whether the company wrote it */
    public record Template(Step step, String language, String subject, String body, boolean own) {}

    /** Notice and reminder in each language. */
    public List<Template> all() {
        Map<String, NoticeWords.Text> own = own();
        List<Template> all = new ArrayList<>();
        for (Step step : List.of(Step.NOTICE, Step.REMINDER1)) {
            for (String language : NoticeWords.LANGUAGES) {
                NoticeWords.Text written = own.get(step.template() + ":" + language);
                NoticeWords.Text text = written == null ? NoticeWords.shipped(step, language) : written;
                all.add(new Template(step, language, text.subject(), text.body(), written != null));
            }
        }
        return all;
    }

    NoticeWords.Text of(Step step, String language) {
        NoticeWords.Text written = own().get(step.template() + ":" + language);
        return written == null ? NoticeWords.shipped(step, language) : written;
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** @param body empty takes the company's own text away */
    @Transactional
    public @Nullable UUID set(Step step, String language, String subject, String body, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Leaders write the texts of letters.");
        }
        if (!NoticeWords.LANGUAGES.contains(language)) {
            throw new RenewalRefused("There is no such language.");
        }
        String text = body.strip().replace("\r\n", "\n").replace("\u0000", "");
        String line = subject.strip().replace("\u0000", "");
        String before = state(step, language);
        if (text.isEmpty()) {
            delete(step, language);
        } else {
            check(step, line, text);
            write(step, language, line, text, viewer.name());
        }
        String after = state(step, language);
        return Objects.equals(before, after)
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        "Text of the renewal " + step.template() + " in " + language
                                + (text.isEmpty() ? " as shipped" : " written"),
                        List.of(new ChangedThing(KIND, step.key() + " " + language, null, before, after)));
    }

    private static void check(Step step, String subject, String body) {
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || body.length() > LONGEST_BODY) {
            throw new RenewalRefused(
                    "A letter needs a subject of at most 200 and a text of at most 10,000 characters.");
        }
        Matcher place = PLACE.matcher(subject + "\n" + body);
        while (place.find()) {
            if (!NoticeWords.PLACES.contains(place.group(1))) {
                throw new RenewalRefused("Nobody knows what {" + place.group(1) + "} is. There are "
                        + String.join(
                                ", ",
                                NoticeWords.PLACES.stream()
                                        .sorted()
                                        .map(one -> "{" + one + "}")
                                        .toList())
                        + ".");
            }
        }
        if (!body.contains("{price}") || !body.contains("{due}")) {
            throw new RenewalRefused(
                    "A notice tells {price} and {due}: uplift and fees are told early for the customer's budget.");
        }
    }

    void restore(Step step, String language, @Nullable String state, String by) {
        delete(step, language);
        if (state != null) {
            database.sql("""
                    insert into renewals.template (step, language, subject, body, set_by, set_at)
                    select :step, :language, s ->> 'subject', s ->> 'body', :by, :now from (select cast(:state as jsonb) as s) x
                    """)
                    .param("step", step.template())
                    .param("language", language)
                    .param("state", state)
                    .param("by", by)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }

    @Nullable
    String state(Step step, String language) {
        return database.sql("""
                select jsonb_build_object('subject', subject, 'body', body)::text from renewals.template
                where step = :step and language = :language
                """)
                .param("step", step.template())
                .param("language", language)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void write(Step step, String language, String subject, String body, String by) {
        database.sql("""
                insert into renewals.template (step, language, subject, body, set_by, set_at)
                values (:step, :language, :subject, :body, :by, :now)
                on conflict (step, language) do update set subject = excluded.subject, body = excluded.body,
                    set_by = excluded.set_by, set_at = excluded.set_at
                """)
                .param("step", step.template())
                .param("language", language)
                .param("subject", subject)
                .param("body", body)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void delete(Step step, String language) {
        database.sql("delete from renewals.template where step = :step and language = :language")
                .param("step", step.template())
                .param("language", language)
                .update();
    }

    private Map<String, NoticeWords.Text> own() {
        Map<String, NoticeWords.Text> own = new HashMap<>();
        database.sql("select step, language, subject, body from renewals.template")
                .query(row -> {
                    own.put(
                            row.getString(1) + ":" + row.getString(2),
                            new NoticeWords.Text(row.getString(3), row.getString(4)));
                });
        return own;
    }
}
