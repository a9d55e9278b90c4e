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

/** The texts of letters and quotes about renewals: the company's own where it wrote one, else those that ship. */
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
    public record Template(Paper paper, String language, String subject, String body, boolean own) {}

    /** Each paper in each language. */
    public List<Template> all() {
        Map<String, NoticeWords.Text> own = own();
        List<Template> all = new ArrayList<>();
        for (Paper paper : Paper.values()) {
            for (String language : NoticeWords.LANGUAGES) {
                NoticeWords.Text written = own.get(paper.key() + ":" + language);
                NoticeWords.Text text = written == null ? NoticeWords.shipped(paper, language) : written;
                all.add(new Template(paper, language, text.subject(), text.body(), written != null));
            }
        }
        return all;
    }

    NoticeWords.Text of(Paper paper, String language) {
        NoticeWords.Text written = own().get(paper.key() + ":" + language);
        return written == null ? NoticeWords.shipped(paper, language) : written;
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** @param body empty takes the company's own text away */
    @Transactional
    public @Nullable UUID set(Paper paper, String language, String subject, String body, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Leaders write the texts of letters.");
        }
        if (!NoticeWords.LANGUAGES.contains(language)) {
            throw new RenewalRefused("There is no such language.");
        }
        String text = body.strip().replace("\r\n", "\n").replace("\u0000", "");
        String line = subject.strip().replace("\u0000", "");
        String before = state(paper, language);
        if (text.isEmpty()) {
            delete(paper, language);
        } else {
            check(paper, line, text);
            write(paper, language, line, text, viewer.name());
        }
        String after = state(paper, language);
        return Objects.equals(before, after)
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        "Text of the renewal " + paper.key() + " in " + language
                                + (text.isEmpty() ? " as shipped" : " written"),
                        List.of(new ChangedThing(KIND, paper.key() + " " + language, null, before, after)));
    }

    private static void check(Paper paper, String subject, String body) {
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || body.length() > LONGEST_BODY) {
            throw new RenewalRefused("It needs a heading of at most 200 and a text of at most 10,000 characters.");
        }
        Matcher place = PLACE.matcher(subject + "\n" + body);
        while (place.find()) {
            if (!paper.places().contains(place.group(1))) {
                throw new RenewalRefused("Nobody knows what {" + place.group(1) + "} is. There are "
                        + String.join(
                                ", ",
                                paper.places().stream()
                                        .sorted()
                                        .map(one -> "{" + one + "}")
                                        .toList())
                        + ".");
            }
        }
        if (paper.tellsThePrice() && (!body.contains("{price}") || !body.contains("{due}"))) {
            throw new RenewalRefused(
                    "A notice tells {price} and {due}: uplift and fees are told early for the customer's budget.");
        }
    }

    void restore(Paper paper, String language, @Nullable String state, String by) {
        delete(paper, language);
        if (state != null) {
            database.sql("""
                    insert into renewals.template (step, language, subject, body, set_by, set_at)
                    select :step, :language, s ->> 'subject', s ->> 'body', :by, :now from (select cast(:state as jsonb) as s) x
                    """)
                    .param("step", paper.key())
                    .param("language", language)
                    .param("state", state)
                    .param("by", by)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }

    @Nullable
    String state(Paper paper, String language) {
        return database.sql("""
                select jsonb_build_object('subject', subject, 'body', body)::text from renewals.template
                where step = :step and language = :language
                """)
                .param("step", paper.key())
                .param("language", language)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void write(Paper paper, String language, String subject, String body, String by) {
        database.sql("""
                insert into renewals.template (step, language, subject, body, set_by, set_at)
                values (:step, :language, :subject, :body, :by, :now)
                on conflict (step, language) do update set subject = excluded.subject, body = excluded.body,
                    set_by = excluded.set_by, set_at = excluded.set_at
                """)
                .param("step", paper.key())
                .param("language", language)
                .param("subject", subject)
                .param("body", body)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void delete(Paper paper, String language) {
        database.sql("delete from renewals.template where step = :step and language = :language")
                .param("step", paper.key())
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
