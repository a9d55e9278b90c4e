package io.perennial.knowledge.web;

import io.perennial.knowledge.Article;
import io.perennial.knowledge.ArticleDetails;
import io.perennial.knowledge.ArticleEditing.Text;
import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Audience;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.NotPossible;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was typed into the editor, kept as typed. */
public record EditorForm(
        String title,
        String body,
        String language,
        String audience,
        String owner,
        String reviewOn,
        String product,
        String feature,
        String tags) {

    public EditorForm {
        title = Objects.requireNonNullElse(title, "");
        body = Objects.requireNonNullElse(body, "");
        language = Objects.requireNonNullElse(language, "");
        audience = Objects.requireNonNullElse(audience, "");
        owner = Objects.requireNonNullElse(owner, "");
        reviewOn = Objects.requireNonNullElse(reviewOn, "");
        product = Objects.requireNonNullElse(product, "");
        feature = Objects.requireNonNullElse(feature, "");
        tags = Objects.requireNonNullElse(tags, "");
    }

    /** A text that is there, or a new one in that language. */
    static EditorForm of(Article article, Language language, @Nullable ArticleVersion text) {
        ArticleDetails details = article.details();
        return new EditorForm(
                text == null ? "" : text.title(),
                text == null ? "" : text.body(),
                language.code(),
                details.audience().key(),
                Objects.toString(details.owner(), ""),
                Objects.toString(details.reviewOn(), ""),
                Objects.toString(details.product(), ""),
                Objects.toString(details.feature(), ""),
                String.join(", ", details.tags()));
    }

    static EditorForm empty(String title, Language language, UUID owner, LocalDate review) {
        return new EditorForm(
                title, "", language.code(), Audience.INTERNAL.key(), owner.toString(), review.toString(), "", "", "");
    }

    Language in() {
        return Language.of(language);
    }

    /** @throws NotPossible with words for people */
    Text text() {
        return new Text(in(), title, body);
    }

    /** @throws NotPossible with words for people */
    ArticleDetails details() {
        List<String> each = Arrays.stream(tags.split(",", -1)).toList();
        return new ArticleDetails(
                Audience.of(audience),
                member(owner),
                reviewOn.isBlank() ? null : day(reviewOn),
                product,
                feature,
                each);
    }

    private static @Nullable UUID member(String text) {
        try {
            return text.isBlank() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotPossible("There is no such team member.");
        }
    }

    /** @throws NotPossible when it is none */
    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new NotPossible("Write the day as 2027-05-01.");
        }
    }
}
