package io.perennial.surveys;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import io.perennial.world.ReadingsTaken;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class SurveysTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    SurveyMeasures measures;

    @Autowired
    SurveyTimeline timeline;

    AccountId harbor;

    @BeforeEach
    void aCustomerWithThreePeople() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        book.contact(harbor, "Mia", "champion", null, null);
        book.contact(harbor, "Tom", "user", null, null);
        book.contact(harbor, "Ada", "user", null, null);
    }

    @Test
    void theScoreIsPromotersLessDetractorsOverEachPersonsLatestAnswer() {
        answer("1", "nps", 2, 100, Map.of("contact", "Mia"));
        answer("2", "nps", 9, 20, Map.of("contact", "Mia"));
        answer("3", "nps", 10, 30, Map.of("contact", "Tom"));
        answer("4", "nps", 5, 40, Map.of("contact", "Ada"));

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "nps")).isEqualTo(100.0 / 3);
        assertThat(read.evidence(harbor, "nps")).isEqualTo("NPS 33 from 3 people");
        assertThat(read.observedOn(harbor, "nps")).isEqualTo(TODAY.minusDays(20));
        assertThat(read.isNotApplicable(harbor, "detractor")).isTrue();
    }

    @Test
    void anOldAnswerStillSpeaksWithItsAge() {
        answer("1", "nps", 9, 300, Map.of("contact", "Mia"));

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "nps")).isEqualTo(100);
        assertThat(read.observedOn(harbor, "nps")).isEqualTo(TODAY.minusDays(300));
    }

    @Test
    void theLatestBadAnswerIsADetractor() {
        answer("1", "nps", 10, 50, Map.of("contact", "Mia"));
        answer("2", "nps", 3, 10, Map.of("contact", "Tom"));

        ReadingsTaken read = read(TODAY);

        assertThat(read.value(harbor, "detractor")).isEqualTo(3);
        assertThat(read.evidence(harbor, "detractor")).isEqualTo("answered 3 of 10");
    }

    @Test
    void satisfactionIsTheShareOfGoodAnswersOnAnyScale() {
        answer("1", "csat", 4, 10, Map.of());
        answer("2", "csat", 3, 12, Map.of());
        answer("3", "csat", 9, 14, Map.of("scale_max", 10));
        answer("4", "csat", 1, 16, Map.of());

        assertThat(read(TODAY).value(harbor, "csat")).isEqualTo(50);
    }

    @Test
    void aLaterAnswerDoesNotChangeAPastDay() {
        answer("1", "nps", 10, 50, Map.of("contact", "Mia"));
        ReadingsTaken before = read(TODAY.minusDays(20));
        answer("2", "nps", 0, 10, Map.of("contact", "Mia"));

        assertThat(read(TODAY.minusDays(20)).of(harbor)).isEqualTo(before.of(harbor));
        assertThat(read(TODAY).value(harbor, "nps")).isEqualTo(-100);
    }

    @Test
    void anAnswerOffItsScaleIsRefused() {
        RowOutcome outcome = answer("1", "nps", 11, 10, Map.of());

        assertThat(outcome.result()).isEqualTo(RowOutcome.Result.INVALID);
        assertThat(outcome.problems().getFirst().message()).contains("score_off_its_scale");
    }

    @Test
    void theTimelineTellsWhoAnsweredWhat() {
        answer("1", "nps", 3, 10, Map.of("contact", "Tom", "comment", "Nobody called"));

        assertThat(timeline.entries(harbor, TODAY.atStartOfDay().toInstant(ZoneOffset.UTC), 5))
                .extracting(entry -> entry.title() + ", " + entry.detail() + ", " + entry.by())
                .containsExactly("NPS: 3 of 10, Nobody called, Tom");
    }

    private RowOutcome answer(String id, String kind, int score, int daysAgo, Map<String, ?> more) {
        Map<String, @Nullable Object> values = new HashMap<>(more);
        values.put("account", "harbor");
        values.put("kind", kind);
        values.put("score", score);
        values.put(
                "answered_at",
                TODAY.minusDays(daysAgo).atTime(8, 0).toInstant(ZoneOffset.UTC).toString());
        return records.upsert(
                        records.type("survey-responses").orElseThrow(),
                        List.of(new RecordRow(1, id, values, Map.of())),
                        Actor.SYSTEM,
                        new Records.Write(null, "Answers imported", Records.Formats.ISO))
                .getFirst();
    }

    private ReadingsTaken read(LocalDate today) {
        ReadingsTaken readings = new ReadingsTaken();
        measures.read(new MeasureQuery(List.of(harbor), today.atTime(9, 0).toInstant(ZoneOffset.UTC), today), readings);
        return readings;
    }
}
