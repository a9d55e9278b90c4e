package io.perennial.defects;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether those whom a defect hit are less satisfied than others at the same time: between the day it was found (or its first
 * case) and the day it was settled. Satisfied is the upper fifth of the scale, 4 or 5 of 5.
 */
@Component
public class Satisfaction {

    private final JdbcClient database;
    private final Clock clock;

    Satisfaction(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param title what was asked
     * @param difference null when one side gave no answer; the reason says which
     */
    public record Effect(String title, @Nullable Difference difference, String reason) {}

    private record Answers(int yes, int of, int otherYes, int otherOf) {}

    /** After its cases, against all other cases. */
    public Effect ofCases(Defect defect, Viewer viewer) {
        Answers answers = parameters(database.sql("""
                with span as (
                    select least(d.found_at, (select min(c.opened_at) from defects.case_link l
                            join cases.support_case c on c.id = l.case_id where l.defect_id = d.id)) as since,
                        coalesce(d.settled_at, :now) as until
                    from defects.defect d where d.id = :defect
                )
                select count(*) filter (where hit and satisfied)::int, count(*) filter (where hit)::int,
                    count(*) filter (where not hit and satisfied)::int, count(*) filter (where not hit)::int
                from (
                    select exists (select from defects.case_link l where l.case_id = c.id and l.defect_id = :defect) as hit,
                        c.satisfaction / coalesce(nullif(c.satisfaction_scale, 0), 5) >= 0.8 as satisfied
                    from cases.support_case c join accounts.account a on a.id = c.account_id, span s
                    where c.satisfaction is not null and c.opened_at >= s.since and c.opened_at < s.until
                      and (:everything or a.owner_id = :me)
                ) answered
                """), defect.id(), viewer);
        return effect("Satisfaction after its cases, against other cases", answers, "case");
    }

    /** Survey answers of accounts that it hits, against those of others. */
    public Effect ofSurveys(Defect defect, Viewer viewer) {
        Answers answers = parameters(
                database.sql("with " + Affected.ACCOUNTS + """
                , span as (select d.found_at as since, coalesce(d.settled_at, :now) as until
                    from defects.defect d where d.id = :defect)
                select count(*) filter (where hit and satisfied)::int, count(*) filter (where hit)::int,
                    count(*) filter (where not hit and satisfied)::int, count(*) filter (where not hit)::int
                from (
                    select r.account_id in (select account_id from affected) as hit,
                        r.score / coalesce(nullif(r.scale_max, 0), 5) >= 0.8 as satisfied
                    from surveys.survey_response r join accounts.account a on a.id = r.account_id, span s
                    where r.kind = 'csat' and r.score is not null and r.answered_at >= s.since and r.answered_at < s.until
                      and (:everything or a.owner_id = :me)
                ) answered
                """)
                        .param("defects", new UUID[] {defect.id()})
                        .param("today", LocalDate.ofInstant(clock.instant(), clock.getZone())),
                defect.id(),
                viewer);
        return effect("Survey satisfaction of affected accounts, against others", answers, "survey");
    }

    private Answers parameters(JdbcClient.StatementSpec statement, UUID defect, Viewer viewer) {
        return statement
                .param("defect", defect)
                .param("now", Timestamp.from(clock.instant()))
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Answers(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
    }

    private static Effect effect(String title, Answers answers, String kind) {
        if (answers.of() == 0) {
            return new Effect(title, null, "No " + kind + " of those affected was answered in its time.");
        }
        if (answers.otherOf() == 0) {
            return new Effect(title, null, "No " + kind + " of anybody else was answered in its time.");
        }
        return new Effect(
                title, Difference.between(answers.yes(), answers.of(), answers.otherYes(), answers.otherOf()), "");
    }
}
