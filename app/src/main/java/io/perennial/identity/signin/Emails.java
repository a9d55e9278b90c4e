package io.perennial.identity.signin;

/** E-mail addresses of team members. Deliberately lenient: the mail server decides what exists. */
public final class Emails {

    private static final int LONGEST = 320;

    private Emails() {}

    public static boolean isPlausible(String email) {
        String text = email.strip();
        int at = text.indexOf('@');
        return text.length() <= LONGEST
                && at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.chars().noneMatch(c -> c <= ' ' || c == 127 || c == '<' || c == '>' || c == ',');
    }
}
