package io.perennial.surveys;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The net promoter score of the latest answers, as the measure {@code nps} has it. */
@Component
class SurveyOverview implements OverviewSource {

    @Override
    public List<String> columns() {
        return List.of("nps");
    }

    @Override
    public String select() {
        return """
                with answered as (
                    select account_id, coalesce(contact_id, id) as who, id, answered_at,
                        score * 10 / coalesce(nullif(scale_max, 0), 10) as score,
                        max(answered_at) over (partition by account_id) as latest_at
                    from surveys.survey_response
                    where account_id = any(:accounts) and kind = 'nps' and score is not null
                        and answered_at < cast(:today as date) + 1
                ), voiced as (
                    select distinct on (account_id, who) account_id, score
                    from answered where answered_at > latest_at - make_interval(days => 180)
                    order by account_id, who, answered_at desc, id
                )
                select account_id,
                    round(100.0 * (count(*) filter (where score >= 9) - count(*) filter (where score <= 6))
                        / count(*))::smallint as nps
                from voiced group by account_id
                """;
    }
}
