package io.perennial.demo;

import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.PlaybookEditing;
import io.perennial.playbooks.PlaybookState;
import io.perennial.playbooks.Playbooks;
import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Playbooks of the demo company: one that has run for a year and is measured, one in the shadow; the others wait to be taken. */
@Component
class DemoPlaybooks {

    private static final String MEASURED = "unhappy-answer";
    private static final String WATCHED = "silence";

    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final JdbcClient database;
    private final Clock clock;

    DemoPlaybooks(Playbooks playbooks, PlaybookEditing editing, JdbcClient database, Clock clock) {
        this.playbooks = playbooks;
        this.editing = editing;
        this.database = database;
        this.clock = clock;
    }

    void load() {
        try {
            String text = playbooks.find(MEASURED).orElseThrow().text();
            editing.save(MEASURED, text, "As shipped", 0, DemoCompany.DEMO);
            editing.save(
                    MEASURED,
                    text.replace("a_day: 50", "a_day: 5").replace("success:", "hold_out_percent: 20\nsuccess:"),
                    "Five a day are what we can call; a fifth is held out, to see whether it helps",
                    0,
                    DemoCompany.DEMO);
        } catch (TextProblem e) {
            throw new IllegalStateException(e);
        }
        editing.switchTo(MEASURED, PlaybookState.ACTIVE, DemoCompany.DEMO);
        editing.switchTo(WATCHED, PlaybookState.SHADOW, DemoCompany.DEMO);
        past();
    }

    /** A year of runs, as they would stand there. */
    private void past() {
        database.sql("""
                with ran as (
                    insert into playbooks.run (id, playbook_id, version_id, account_id, episode, moment_at, evidence, money,
                        currency, state, queued_at, started_at, position, ended_at, because)
                    select gen_random_uuid(), p.id, p.in_force, a.id, 'past', t.at, 'answered nps with ' || t.n % 7, o.arr, o.currency,
                           case when t.held then 'held_out' else 'finished' end, t.at, t.at, case when t.held then 0 else 3 end,
                           case when t.held then t.at else t.at + interval '8 days' end,
                           case when t.held then 'Held out, to measure what would have happened anyway.' end
                    from accounts.account a
                    left join accounts.overview o on o.account_id = a.id
                    cross join lateral (
                        select abs(hashtext(a.external_id)) as n, abs(hashtext(a.external_id || 'held')) % 5 = 0 as held,
                            cast(:now as timestamptz) - make_interval(days => 190 + abs(hashtext(a.external_id)) % 160) as at) t
                    join playbooks.playbook p on p.key = :key
                    where t.n % 3 > 0
                    returning id, state, started_at
                )
                insert into playbooks.act (run_id, position, kind, words, at)
                select r.id, s.position, 'task', s.words, r.started_at + make_interval(days => s.days)
                from ran r cross join (values
                    (0, 'Task: Call whoever answered, and listen', 0),
                    (2, 'Task: Tell them what followed from their answer', 7)) s (position, words, days)
                where r.state = 'finished'
                """)
                .param("key", MEASURED)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
