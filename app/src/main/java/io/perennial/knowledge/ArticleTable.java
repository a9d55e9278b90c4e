package io.perennial.knowledge;

/** The tables whose rows a change may touch; the key names the row's type in the audit. */
enum ArticleTable {
    ARTICLE("article", "knowledge.article", ", updated_at = :now"),
    VERSION("article-version", "knowledge.article_version", ""),
    SYNONYM("synonym", "knowledge.synonym", ", updated_at = :now");

    private final String key;
    private final String table;
    private final String touch;

    ArticleTable(String key, String table, String touch) {
        this.key = key;
        this.table = table;
        this.touch = touch;
    }

    String key() {
        return key;
    }

    String table() {
        return table;
    }

    /** Assignments that note the moment of a restoration. */
    String touch() {
        return touch;
    }

    /** Columns that a change may alter and an undo brings back. */
    String fields() {
        return switch (this) {
            case ARTICLE -> "audience, language, owner_id, review_on, product, feature, tags, version";
            case VERSION -> "title, body, state, author_id, author, edits, saved_at, published_at, retired_at";
            case SYNONYM -> "language, words, version";
        };
    }

    static ArticleTable of(String key) {
        for (ArticleTable table : values()) {
            if (table.key.equals(key)) {
                return table;
            }
        }
        throw new IllegalArgumentException("No table of articles is called " + key);
    }
}
