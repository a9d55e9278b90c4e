package io.perennial.knowledge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A language that articles are written in.
 *
 * @param code ISO 639-1
 * @param title in English
 * @param own its name for itself
 * @param stemming PostgreSQL's text search configuration; {@code simple} where there is none
 */
public record Language(String code, String title, String own, String stemming) {

    public static final Language ENGLISH = new Language("en", "English", "English", "english");

    /** All that can be chosen. */
    public static final List<Language> ALL = List.of(
            ENGLISH,
            new Language("de", "German", "Deutsch", "german"),
            new Language("fr", "French", "Français", "french"),
            new Language("es", "Spanish", "Español", "spanish"),
            new Language("it", "Italian", "Italiano", "italian"),
            new Language("pt", "Portuguese", "Português", "portuguese"),
            new Language("nl", "Dutch", "Nederlands", "dutch"),
            new Language("sv", "Swedish", "Svenska", "swedish"),
            new Language("nb", "Norwegian", "Norsk", "norwegian"),
            new Language("da", "Danish", "Dansk", "danish"),
            new Language("fi", "Finnish", "Suomi", "finnish"),
            new Language("pl", "Polish", "Polski", "simple"),
            new Language("cs", "Czech", "Čeština", "simple"),
            new Language("hu", "Hungarian", "Magyar", "hungarian"),
            new Language("ro", "Romanian", "Română", "romanian"),
            new Language("tr", "Turkish", "Türkçe", "turkish"),
            new Language("ja", "Japanese", "日本語", "simple"),
            new Language("zh", "Chinese", "中文", "simple"));

    /** Also for {@code de-AT} and {@code no}. */
    public static Optional<Language> find(String code) {
        String plain = code.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        String known = plain.equals("no") || plain.equals("nn") ? "nb" : plain;
        return ALL.stream().filter(language -> language.code.equals(known)).findFirst();
    }

    /** English where the code is unknown. */
    public static Language of(String code) {
        return find(code).orElse(ENGLISH);
    }
}
