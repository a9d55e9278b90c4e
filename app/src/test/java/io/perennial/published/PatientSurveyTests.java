package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Question;
import io.perennial.world.PublishedFiles;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers of patients, one file that is read four times: trusts' services, respondents, their answers, and each comment. */
class PatientSurveyTests extends PublishedSet {

    private static final String SET = "nhs-fft-surveys";
    private static final String FILE = SET + "/comments";

    /** A date that can only be the month first: the day is above 12. */
    private static final Pattern MONTH_FIRST = Pattern.compile(",(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/(20[0-9]{2}),");

    @Test
    void aFileWithTwoOrdersOfDatesIsAskedAboutAndComesOutOnceItsRowsAreCorrected() {
        bringPeople();
        String answers = PublishedFiles.mapping(SET + "/answers");

        assertThat(files.received("survey-responses", FILE, answers.replaceFirst("date: .*\n", ""))
                        .questions())
                .as("nobody said in which order the dates are")
                .extracting(Question::code)
                .isNotEmpty();

        ImportView first = files.bring("survey-responses", FILE, answers);
        assertThat(first.counts().withProblems()).isPositive();
        assertThat(
                        one(
                                "select count(*) from surveys.survey_response where answered_at < '2021-01-01' or answered_at > '2023-01-01'"))
                .as("nothing is swapped in silence")
                .isEqualTo("0");
        ImportView corrected = files.bringText("survey-responses", corrected(), answers);
        assertThat(corrected.counts().withProblems()).isZero();
        assertThat(corrected.counts().changed())
                .as("what was in stays as it is")
                .isZero();

        assertThat(one("select count(*) from surveys.survey_response")).isEqualTo("3127");
        assertThat(one("""
                select concat_ws(' ', count(score), count(*) filter (where score = 5), count(*) filter (where score = 4),
                    count(*) filter (where score = 3), count(*) filter (where score = 2), count(*) filter (where score = 1),
                    count(*) filter (where score >= 4), round(avg(6 - score), 4))
                from surveys.survey_response
                """)).isEqualTo("2955 1999 503 142 126 185 2502 1.6447");
        assertThat(one("""
                select string_agg(name || ' ' || n || ' ' || csat, ', ' order by name) from (
                    select replace(replace(a.name, chr(160), ' '), '  ', ' ') as name, count(r.score) as n,
                        round(count(*) filter (where r.score >= 4)::numeric / nullif(count(r.score), 0), 6) as csat
                    from surveys.survey_response r join accounts.account a on a.id = r.account_id group by 1) g
                """))
                .contains(
                        "655 0.952672", "783 0.877395", "297 0.952862", "264 0.753788", "321 0.772586", "600 0.730000")
                .contains("16 0.687500", "19 0.631579");
    }

    @Test
    void whatWasNotAnsweredIsNoComment() {
        bringPeople();
        ImportView comments =
                files.bringText("survey-responses", corrected(), PublishedFiles.mapping(SET + "/comments"));

        assertThat(comments.counts().withProblems()).isZero();
        assertThat(one("""
                select concat_ws(' ', count(*), count(score), count(*) filter (where comment is null))
                from surveys.survey_response
                """))
                .as("351 empty, 816 said that they did not answer, and 8 of blanks alone")
                .isEqualTo("5543 0 1175");
        assertThat(one("""
                select string_agg(n::text, ' ' order by s) from (
                    select attributes ->> 'comment_sentiment' as s, count(*) as n from surveys.survey_response
                    where attributes ->> 'comment_sentiment' <> '' group by 1) g
                """)).as("from very positive to very negative").isEqualTo("1692 980 503 967 204");
        assertThat(database.sql("""
                select t.key || ' ' || count(*) from surveys.survey_response r, jsonb_each_text(r.attributes) t
                where t.value = '1' and t.key <> 'comment_sentiment' group by t.key order by count(*) desc limit 5
                """).query(String.class).list())
                .as("the largest themes")
                .containsExactly(
                        "positive_experience_gratitude 1237",
                        "labelling_not_possible 1167",
                        "staff_manner_personal_attributes 985",
                        "timeliness_of_care 773",
                        "staff_listening_understanding_involving_patients 386");
    }

    private void bringPeople() {
        assertThat(files.bring("accounts", FILE, PublishedFiles.mapping(SET + "/accounts"))
                        .counts()
                        .withProblems())
                .isZero();
        ImportView people = files.bring("contacts", FILE, PublishedFiles.mapping(SET + "/contacts"));
        assertThat(people.counts().created()).isEqualTo(3_127);
    }

    /** The file as a person gives it back who has looked at the rows that were told. */
    private static String corrected() {
        try (Reader file = SharedData.open(FILE + ".csv.gz")) {
            StringWriter text = new StringWriter();
            file.transferTo(text);
            Matcher dates = MONTH_FIRST.matcher(text.toString());
            return dates.replaceAll(
                    date -> ",%s/%02d/%s,".formatted(date.group(2), Integer.parseInt(date.group(1)), date.group(3)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
