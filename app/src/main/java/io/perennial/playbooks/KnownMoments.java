package io.perennial.playbooks;

import io.perennial.health.Signals;
import io.perennial.playbooks.moments.MomentSource;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Moments that are in the facts of other modules, each as one select over them. Modules above bring their own. */
@Configuration(proxyBeanMethods = false)
class KnownMoments {

    /** @param records see {@link MomentSource#records()} */
    private record Known(Kind kind, Map<String, String> names, String select, Set<String> records)
            implements MomentSource {}

    @Bean
    MomentSource signalMoments() {
        return new Known(
                new MomentSource.Kind("signal", "the signal \"{name}\" opens", "any signal opens", false),
                Signals.causes(),
                """
                select id::text as id, account_id, cause as name, opened_at as at, evidence from health.signal
                """,
                Set.of());
    }

    /** Renewals as they are kept for each term; further days are attributes of the account or of its people. */
    @Bean
    MomentSource dateMoments() {
        return new Known(
                new MomentSource.Kind("date", "the day \"{name}\"", "any renewal", true),
                Map.of(
                        "renewal", "the contract comes due",
                        "customer since", "the customer began",
                        "account *", "a day among the account's own fields, such as  account go_live",
                        "contact *", "a day among the fields of a contact, such as  contact certified_until"),
                """
                select 'renewal:' || id || ':' || due_on as id, account_id, 'renewal' as name,
                       due_on::timestamp at time zone 'UTC' as at, product || ' is due on ' || due_on as evidence
                from renewals.renewal where outcome <> 'withdrawn'
                union all
                select 'since:' || customer_since, id, 'customer since', customer_since::timestamp at time zone 'UTC',
                       'a customer since ' || customer_since
                from accounts.account where customer_since is not null
                union all
                select 'account:' || key || ':' || value, a.id, 'account ' || key,
                       playbooks.as_day(value)::timestamp at time zone 'UTC', key || ' is ' || value
                from accounts.account a cross join lateral jsonb_each_text(a.attributes)
                where a.attributes <> '{}' and playbooks.as_day(value) is not null
                union all
                select 'contact:' || c.id || ':' || key || ':' || value, c.account_id, 'contact ' || key,
                       playbooks.as_day(value)::timestamp at time zone 'UTC', key || ' of ' || c.name || ' is ' || value
                from accounts.contact c cross join lateral jsonb_each_text(c.attributes)
                where c.attributes <> '{}' and c.left_on is null and playbooks.as_day(value) is not null
                """,
                Set.of("accounts", "contacts", "contract-lines", "contracts"));
    }

    @Bean
    MomentSource usageMoments() {
        return new Known(
                new MomentSource.Kind(
                        "usage", "\"{name}\" is used for the first time", "anything is used for the first time", false),
                Map.of(),
                """
                select 'first:' || u.feature_id as id, u.account_id, f.name, u.day::timestamp at time zone 'UTC' as at,
                       'used ' || f.name || ' for the first time on ' || u.day as evidence
                from usage.first_use u join usage.feature f on f.id = u.feature_id
                """,
                Set.of());
    }

    @Bean
    MomentSource keyActionMoments() {
        return new Known(
                new MomentSource.Kind(
                        "key action", "the key action \"{name}\" is finished", "a key action is finished", false),
                Map.of(),
                """
                select 'done:' || r.action_id || ':' || r.user_id as id, r.account_id, k.name,
                       r.finished_on::timestamp at time zone 'UTC' as at,
                       'finished ' || k.name || ' on ' || r.finished_on as evidence
                from usage.key_action_run r join usage.key_action k on k.id = r.action_id
                where r.finished_on is not null
                """,
                Set.of());
    }

    /** From the day on which it was said, not the day from which it counts. */
    @Bean
    MomentSource cancellationMoments() {
        return new Known(
                new MomentSource.Kind(
                        "cancellation",
                        "a cancellation comes for the reason \"{name}\"",
                        "a cancellation comes",
                        false),
                Map.of(),
                """
                select 'cancellation:' || id as id, account_id, category as name,
                       cancelled_on::timestamp at time zone 'UTC' as at,
                       'cancelled on ' || cancelled_on || coalesce(': ' || reason, '') as evidence
                from contracts.cancellation
                """,
                Set.of("cancellations"));
    }

    @Bean
    MomentSource surveyMoments() {
        return new Known(
                new MomentSource.Kind("survey", "an answer comes: {name}", "any survey is answered", false),
                Map.of(
                        "nps detractor", "an NPS answer of 6 or less",
                        "nps passive", "an NPS answer of 7 or 8",
                        "nps promoter", "an NPS answer of 9 or 10",
                        "csat", "an answer about satisfaction",
                        "ces", "an answer about effort",
                        "success", "an answer about success",
                        "renewal", "an answer about the renewal",
                        "exit", "an exit survey"),
                """
                select 'answer:' || id as id, account_id,
                       case when kind <> 'nps' then kind when score <= 6 then 'nps detractor' when score <= 8 then 'nps passive'
                            else 'nps promoter' end as name,
                       answered_at as at,
                       'answered ' || kind || coalesce(' with ' || trim_scale(score), '')
                           || coalesce(': ' || left(comment, 300), '') as evidence
                from surveys.survey_response
                """,
                Set.of("survey-responses"));
    }
}
