package io.perennial.surveys;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.springframework.stereotype.Component;

/** The net promoter score of the latest answers, as the measure {@code nps} has it. */
@Component
class SurveyOverview implements OverviewSource {

    private final Answers answers;

    SurveyOverview(Answers answers) {
        this.answers = answers;
    }

    @Override
    public List<String> columns() {
        return List.of("nps");
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        answers.voices(query).forEach((account, voice) -> {
            Answers.Recommendation nps = voice.recommendation();
            if (nps != null) {
                into.set(account, "nps", BigDecimal.valueOf(nps.points()).setScale(0, RoundingMode.HALF_UP));
            }
        });
    }
}
