package io.perennial.demo;

import io.perennial.surveys.AskingWords;
import io.perennial.surveys.SurveyKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The surveys of the demo company: one that is out, with silent people and somebody to be called, and one that is being written. */
@Component
class DemoSurveys {

    private static final int SENT_DAYS_AGO = 24;

    private final JdbcClient database;
    private final JsonMapper json;

    DemoSurveys(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void load(LocalDate today) {
        Instant sent = today.minusDays(SENT_DAYS_AGO).atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
        UUID nps = survey(
                "Would they recommend us, autumn", SurveyKind.NPS, "running", today.minusDays(SENT_DAYS_AGO), sent);
        survey("How easy is it to get help", SurveyKind.CES, "draft", null, sent);
        database.sql("""
                insert into surveys.invitation (id, survey_id, cause, account_id, contact_id, token_hash, language, segment, role,
                    asked_at, expires_at, answered_on, response_id)
                select gen_random_uuid(), :survey, 'once', p.account_id, p.id, 'demo-' || p.id, coalesce(left(coalesce(p.language, a.language), 2), 'en'),
                    a.segment, p.roles[1], least(cast(:sent as timestamptz), r.answered_at), cast(:sent as timestamptz) + interval '90 days',
                    (r.answered_at at time zone 'UTC')::date, r.id
                from accounts.contact p
                join accounts.account a on a.id = p.account_id
                left join surveys.survey_response r on r.contact_id = p.id and r.kind = 'nps' and r.score is not null
                    and r.external_id = a.external_id || '-nps'
                where p.left_on is null and (r.id is not null or p.roles[1] = 'decision_maker')
                """)
                .param("survey", nps)
                .param("sent", Timestamp.from(sent))
                .update();
        database.sql("""
                insert into surveys.asked (source, reference, name, account_id, contact_id, address_hash, asked_at)
                select 'survey', i.id, s.name, i.account_id, i.contact_id,
                    encode(sha256(convert_to(lower(coalesce(nullif(p.email, ''), p.id::text)), 'UTF8')), 'hex'), i.asked_at
                from surveys.invitation i join surveys.survey s on s.id = i.survey_id join accounts.contact p on p.id = i.contact_id
                """).update();
        leftOut(nps, sent);
        followUps(today);
    }

    private UUID survey(
            String name,
            SurveyKind kind,
            String state,
            @org.jspecify.annotations.Nullable LocalDate began,
            Instant at) {
        UUID id = UUID.randomUUID();
        Map<String, Object> texts = new LinkedHashMap<>();
        AskingWords.LANGUAGES.forEach(
                language -> texts.put(language, AskingWords.in(language).texts(kind)));
        database.sql("""
                insert into surveys.survey (id, name, kind, texts, anonymous, roles, filters, sample_percent, schedule, open_days,
                    reminder_days, follow_up_days, heard_letter, state, began_on, created_by, created_at, updated_at)
                values (:id, :name, :kind, cast(:texts as jsonb), false, '{}', '{}', 100, 'once', 90, 7, 5, true, :state, :began,
                    'Demo company', :at, :at)
                """)
                .param("id", id)
                .param("name", name)
                .param("kind", kind.key())
                .param("texts", json.writeValueAsString(texts))
                .param("state", state)
                .param("began", began)
                .param("at", Timestamp.from(at))
                .update();
        return id;
    }

    private void leftOut(UUID survey, Instant at) {
        database.sql("""
                insert into surveys.left_out (id, source, reference, name, account_id, contact_id, reason, detail, at)
                select gen_random_uuid(), 'survey', s.id, s.name, p.account_id, p.id,
                    case when p.left_on is not null then 'left' else 'protected' end,
                    case when p.left_on is null then 'Was asked on ' || to_char(cast(:at as timestamptz) - interval '9 days', 'YYYY-MM-DD')
                        || ': Satisfaction after a case' end, :at
                from accounts.contact p join surveys.survey s on s.id = :survey
                where not exists (select from surveys.invitation i where i.contact_id = p.id) and p.roles[1] in ('champion', 'decision_maker')
                """)
                .param("survey", survey)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Whoever answered 0 to 6 is to be called by the owner of the account. */
    private void followUps(LocalDate today) {
        database.sql("""
                with unhappy as (
                    select r.id as response, gen_random_uuid() as task, r.account_id, a.owner_id, p.name, r.score, r.comment,
                        cast(:today as date) + 2 as due
                    from surveys.invitation i
                    join surveys.survey_response r on r.id = i.response_id
                    join accounts.account a on a.id = r.account_id
                    join accounts.contact p on p.id = r.contact_id
                    where r.score <= 6
                ), task as (
                    insert into engagement.task (id, account_id, title, note, kind, due_on, owner_id, created_at, updated_at)
                    select task, account_id, 'Call ' || name || ': ' || trim_scale(score) || ' of 10', coalesce('“' || comment || '” ', '')
                        || '/surveys/answers/' || response, 'survey', due, owner_id, cast(:today as date) - 3, cast(:today as date) - 3
                    from unhappy
                )
                insert into surveys.follow_up (response_id, account_id, task_id, due_on, made_at)
                select response, account_id, task, due, cast(:today as date) - 3 from unhappy
                """).param("today", today).update();
    }
}
