package io.perennial.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that stands about customers, in words, and what of it is new since somebody looked. */
final class Diary {

    private static final String EVERYTHING = """
            select 's' || id as key, 'signal ' || case when state in ('done', 'closed') then 'over' else urgency end || ': ' || cause
                as words
            from health.signal
            union all
            select 't' || id, 'task' || case when done_at is null then '' else ' done' end || ': ' || title from engagement.task
            union all
            select 'l' || id, 'letter ' || state || ': ' || purpose || ' to ' || to_address from mail.letter
            union all
            select 'r' || id, 'renewal of ' || due_on || ': ' || outcome || coalesce(' ' || renewed_on, '') || ', '
                || trim_scale(annual) || ' to ' || trim_scale(proposed) || ' ' || currency || ', ' || stage
                || coalesce(', called ' || call, '') || coalesce(', settled ' || settled, '')
            from renewals.renewal
            union all
            select 'd' || renewal_id || contact_id, 'may be gone (' || why || '): ' || evidence from renewals.departure
            union all
            select 'p' || id, 'save plan: ' || goal || coalesce(', ' || result, '') from renewals.save_plan
            union all
            select 'c' || id, 'loss of ' || coalesce(effective_on, cancelled_on) || ': ' || coalesce(reason, '') from contracts.cancellation
            union all
            select 'o' || id, 'offer ' || purpose || ': ' || offer || ', ' || result from cancellations.attempt
            union all
            select 'a' || id, 'answer ' || kind || coalesce(': ' || survey, '') from surveys.survey_response
            union all
            select 'g' || id, 'opportunity: ' || name || ', ' || stage from growth.opportunity
            union all
            select 'u' || e.n, 'units ' || e.kind || ': ' || trim_scale(e.amount) || ' ' || p.unit
            from programs.entry e join programs.pot p on p.id = e.pot_id
            union all
            select 'm' || id, 'talk: ' || kind || ', ' || coalesce(subject, '') from engagement.touchpoint
            """;

    private final JdbcClient database;
    private final String whatStands;
    private Map<String, String> before = Map.of();

    Diary(JdbcClient database) {
        this(database, EVERYTHING);
    }

    /** @param whatStands a statement that gives a key and words for everything that this diary is about */
    Diary(JdbcClient database, String whatStands) {
        this.database = database;
        this.whatStands = whatStands;
    }

    /** What is new or says something else than before, and what is no longer there. */
    List<String> news() {
        Map<String, String> now = new LinkedHashMap<>();
        database.sql(whatStands).query(row -> {
            now.put(row.getString(1), row.getString(2));
        });
        List<String> news = new ArrayList<>();
        now.forEach((key, words) -> {
            if (!words.equals(before.get(key))) {
                news.add(words);
            }
        });
        before.forEach((key, words) -> {
            if (!now.containsKey(key)) {
                news.add("no longer: " + Objects.requireNonNull(words));
            }
        });
        before = now;
        return news;
    }
}
