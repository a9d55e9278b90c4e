package io.perennial.platform.files;

import java.text.Normalizer;

/** Makes of what somebody called a file a name that is safe to show, to save under and to put into a header. */
final class FileNames {

    private static final String NAMELESS = "file";

    private FileNames() {}

    static String safe(String given) {
        String name = Normalizer.normalize(given, Normalizer.Form.NFC);
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder safe = new StringBuilder();
        name.codePoints().filter(FileNames::isHarmless).forEach(safe::appendCodePoint);
        // Windows drops trailing dots and blanks: "a.exe." would be saved as a.exe.
        String text = safe.toString().strip().replaceAll("[. ]+$", "").replaceAll("^\\.+", "");
        if (text.isEmpty()) {
            return NAMELESS;
        }
        return text.length() <= FileLimits.LONGEST_NAME ? text : shortened(text);
    }

    /** Control characters and those that turn the direction of reading ("gpj.exe" shown as "exe.jpg") are dropped. */
    private static boolean isHarmless(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && "<>:\"|?*".indexOf(character) < 0;
    }

    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
        int end = FileLimits.LONGEST_NAME - ending.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + ending;
    }
}
