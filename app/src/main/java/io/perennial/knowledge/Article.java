package io.perennial.knowledge;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An article with all its texts.
 *
 * @param language the one it was first written in
 * @param version counts changes of the details
 * @param versions newest first, of all languages
 */
public record Article(
        UUID id,
        Language language,
        ArticleDetails details,
        @Nullable String ownerName,
        int version,
        Instant updatedAt,
        List<ArticleVersion> versions) {

    /** What readers see in that language. */
    public Optional<ArticleVersion> published(Language wanted) {
        return in(wanted).filter(text -> text.state() == State.PUBLISHED).findFirst();
    }

    /** What an editor goes on with: the newest version, unless it was taken back and nothing came after. */
    public Optional<ArticleVersion> newest(Language wanted) {
        return in(wanted).findFirst();
    }

    /** The draft that came after everything published. */
    public Optional<ArticleVersion> draft(Language wanted) {
        return newest(wanted).filter(text -> text.state() == State.DRAFT);
    }

    public Optional<ArticleVersion> version(Language wanted, int number) {
        return in(wanted).filter(text -> text.number() == number).findFirst();
    }

    public List<ArticleVersion> history(Language wanted) {
        return in(wanted).toList();
    }

    /** Languages with any text, the first one first. */
    public List<Language> languages() {
        return Language.ALL.stream()
                .filter(one -> in(one).findAny().isPresent())
                .sorted(Comparator.comparing(one -> !one.equals(language)))
                .toList();
    }

    /** Published if there is one, else the newest; what a member of staff reads. */
    public Optional<ArticleVersion> shown(Language wanted) {
        return published(wanted).or(() -> newest(wanted));
    }

    private Stream<ArticleVersion> in(Language wanted) {
        return versions.stream().filter(text -> text.language().equals(wanted.code()));
    }
}
