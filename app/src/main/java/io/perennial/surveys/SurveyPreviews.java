package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.PublicAddress;
import io.perennial.surveys.SurveyAudience.Person;
import io.perennial.surveys.SurveyLetters.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters to be looked at before they leave. */
@Component
public class SurveyPreviews {

    private static final String LINK = "https://…/s/…";

    private final SurveyDefinitions definitions;
    private final Outbox outbox;
    private final PublicAddress address;
    private final Clock clock;

    SurveyPreviews(SurveyDefinitions definitions, Outbox outbox, PublicAddress address, Clock clock) {
        this.definitions = definitions;
        this.outbox = outbox;
        this.address = address;
        this.clock = clock;
    }

    /**
     * @param to null when there is no reader
     * @param missing places of the text that nothing is known for
     */
    public record Preview(@Nullable Person to, String language, String subject, String text, List<String> missing) {}

    /** As that person would get it, without the secret of the link. */
    public Preview letter(Survey survey, @Nullable Person person) {
        String language = survey.spoken(person == null ? "en" : person.language());
        Map<String, String> values = person == null ? Map.of() : person.values();
        Written written = SurveyLetters.write(survey, language, values, LINK, until(survey), false);
        return new Preview(
                person, language, written.subject(), written.text(), person == null ? List.of() : written.missing());
    }

    private LocalDate until(Survey survey) {
        return LocalDate.ofInstant(
                clock.instant().plus(Duration.ofDays(survey.care().openDays())), ZoneOffset.UTC);
    }

    /**
     * Sends the letter to the colleague who asks. Its links lead to the page for colleagues and answer nothing.
     *
     * @throws SurveyRefused when letters have no links or the colleague no address
     */
    @Transactional
    public void test(UUID id, String language, Viewer viewer) {
        Survey survey = definitions.lock(id, viewer);
        if (!MailAddress.isAddress(viewer.email())) {
            throw new SurveyRefused("", "Your own address cannot be written to: " + viewer.email());
        }
        String link = address.of("/surveys/" + id + "/page")
                .orElseThrow(() -> new SurveyRefused(
                        "",
                        "Letters need links. An administrator sets PERENNIAL_PUBLICADDRESS to the address under which"
                                + " customers reach this server."));
        Map<String, String> values = Map.of(
                "contact.name",
                viewer.name(),
                "contact.first_name",
                viewer.name().strip().split("\\s", 2)[0],
                "account.name",
                "Example Ltd",
                "owner.name",
                viewer.name());
        Written written = SurveyLetters.write(survey, survey.spoken(language), values, link, until(survey), false);
        outbox.post(
                new Letter(
                        "survey-test:" + Ids.next(),
                        viewer.email(),
                        viewer.name(),
                        "[Test] " + written.subject(),
                        written.text(),
                        written.html(),
                        Map.of(),
                        List.of(),
                        "survey-test",
                        null,
                        null),
                viewer.actor());
    }
}
