package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.Step;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A letter, or a task with its script, as one reader would get it. */
@Component
public class LetterPreview {

    private final JdbcClient database;
    private final Articles articles;

    LetterPreview(JdbcClient database, Articles articles) {
        this.database = database;
        this.articles = articles;
    }

    /**
     * @param html harmless
     * @param missing place that this reader has no value for; null when there is none
     */
    public record Shown(
            String reader,
            String company,
            String language,
            String subject,
            String body,
            String html,
            @Nullable String missing) {}

    private record Known(String name, String company, String language, Map<String, String> values) {}

    /**
     * @param contact null: nobody in particular, places stay as they are
     * @param language to show it in; empty: the reader's
     */
    public Optional<Shown> show(
            Campaign campaign, int position, @Nullable UUID contact, String language, Viewer viewer) {
        Step step = campaign.steps().stream()
                .filter(one -> one.position() == position)
                .findFirst()
                .orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        StepText texts = new StepText(campaign, articles);
        if (contact == null) {
            Campaign.Text text = step.text(language, campaign.mainLanguage());
            return Optional.of(new Shown(
                    "",
                    "",
                    step.written(language, campaign.mainLanguage()),
                    text.subject(),
                    text.body(),
                    articles.preview(text.body()),
                    null));
        }
        return known(campaign, contact, viewer).map(reader -> {
            String inLanguage = language.isEmpty() ? reader.language() : language;
            StepText.Filled filled = texts.filled(step, inLanguage, reader.values());
            return new Shown(
                    reader.name(),
                    reader.company(),
                    filled.language(),
                    filled.subject(),
                    filled.body(),
                    filled.html().isEmpty()
                            ? "<p>" + Template.escaped(filled.body()).replace("\n", "<br>") + "</p>"
                            : filled.html(),
                    texts.missing(step, inLanguage, reader.values()));
        });
    }

    private Optional<Known> known(Campaign campaign, UUID contact, Viewer viewer) {
        return database.sql("""
                select lower(left(coalesce(w.language, nullif(p.language, ''), a.language, ''), 2)) as letter_language,
                """ + PersonFacts.COLUMNS + " from " + PersonFacts.TABLES + """
                left join campaigns.wish w on w.id = p.id
                where p.id = :id and (:everything or a.owner_id = :me)
                """)
                .param("feature", campaign.feature())
                .param("id", contact)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Known(
                        row.getString("name"),
                        row.getString("customer"),
                        row.getString("letter_language"),
                        PersonFacts.of(row)))
                .optional();
    }
}
