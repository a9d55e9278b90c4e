package io.perennial.surveys;

import io.perennial.mail.Letter;
import io.perennial.mail.Purpose;
import io.perennial.surveys.Survey.Texts;
import io.perennial.surveys.SurveyAudience.Person;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.web.util.HtmlUtils;

/**
 * What a survey's letter says. Every score is a link of its own; following one only chooses the answer on the page, since mail
 * scanners follow links too.
 */
final class SurveyLetters {

    static final String PATH = "/s/";

    private SurveyLetters() {}

    /** A letter before it is addressed; {@code html} is harmless: nothing in it but our own marks around escaped text. */
    record Written(String subject, String text, String html, List<String> missing) {}

    /** @param link with the secret, without score */
    static Written write(
            Survey survey, String language, Map<String, String> values, String link, LocalDate until, boolean again) {
        Texts texts = survey.in(language);
        AskingWords words = AskingWords.in(survey.spoken(language));
        AskingWords.Asked asked = words.asked(survey.kind());
        String subject = (again ? words.reminder() : "") + AskingText.fill(texts.subject(), values);
        String opening = AskingText.fill(texts.opening(), values);
        String question = AskingText.fill(texts.question(), values);
        String last = words.until().formatted(day(until, words.language()));
        StringBuilder text =
                new StringBuilder(opening).append("\n\n").append(question).append('\n');
        text.append(words.press()).append("\n\n");
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"")
                .append(words.language())
                .append("\"><body dir=\"auto\">");
        for (String part : opening.split("\n{2,}", -1)) {
            html.append("<p dir=\"auto\">")
                    .append(HtmlUtils.htmlEscape(part).replace("\n", "<br>"))
                    .append("</p>");
        }
        html.append("<p dir=\"auto\"><strong>")
                .append(HtmlUtils.htmlEscape(question).replace("\n", "<br>"))
                .append("</strong></p><p>")
                .append(HtmlUtils.htmlEscape(words.press()))
                .append("</p><p>");
        for (int step : survey.kind().steps()) {
            String end = step == survey.kind().worst()
                    ? asked.low()
                    : step == survey.kind().best() ? asked.high() : "";
            String address = link + "?score=" + step;
            text.append(step)
                    .append(end.isEmpty() ? "" : " (" + end + ")")
                    .append(": ")
                    .append(address)
                    .append('\n');
            html.append("<a href=\"")
                    .append(HtmlUtils.htmlEscape(address))
                    .append(
                            "\" style=\"display:inline-block;padding:8px 12px;margin:2px;border:1px solid #777;border-radius:4px;"
                                    + "color:#1a1a1a;background:#ffffff;text-decoration:none\">")
                    .append(step)
                    .append("</a> ");
        }
        String ends = survey.kind().worst() + ": " + asked.low() + ", "
                + survey.kind().best() + ": " + asked.high();
        text.append('\n')
                .append(survey.anonymous() ? words.anonymous() + "\n" : "")
                .append(last)
                .append("\n\n")
                .append(words.noMore())
                .append(": ")
                .append(link)
                .append("/no-more\n");
        html.append("</p><p>")
                .append(HtmlUtils.htmlEscape(ends))
                .append("</p><p>")
                .append(survey.anonymous() ? HtmlUtils.htmlEscape(words.anonymous()) + "<br>" : "")
                .append(HtmlUtils.htmlEscape(last))
                .append("</p><p><a href=\"")
                .append(HtmlUtils.htmlEscape(link + "/no-more"))
                .append("\">")
                .append(HtmlUtils.htmlEscape(words.noMore()))
                .append("</a></p></body></html>");
        List<String> missing = new ArrayList<>();
        List.of(texts.subject(), texts.opening(), texts.question())
                .forEach(part -> AskingText.missing(part, values).stream()
                        .filter(name -> !missing.contains(name))
                        .forEach(missing::add));
        return new Written(subject, text.toString(), html.toString(), missing);
    }

    static Letter letter(String key, Person person, Written written, String link, String purpose, UUID contact) {
        return new Letter(
                        key,
                        Objects.requireNonNull(person.email()),
                        person.name(),
                        written.subject(),
                        written.text(),
                        written.html(),
                        Map.of(),
                        List.of(),
                        purpose,
                        person.account(),
                        contact)
                .serving(Purpose.SURVEY)
                .with("List-Unsubscribe", "<" + link + "/no-more>")
                .with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    static String day(LocalDate day, String language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.forLanguageTag(language))
                .format(day);
    }
}
