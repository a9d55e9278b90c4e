package io.perennial.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a letter is sent for, as far as its reader may have a say in it. Stored in lower case. */
public enum Purpose {
    /** Answers what the reader asked or owes: a case, a contract, a password. Comes whatever the reader chose. */
    TRANSACTIONAL("Answers and contracts", "answers to your own requests, and what concerns your contract"),
    /** What the reader needs to know: known issues, maintenance, news. */
    SERVICE("Service notices", "known issues, maintenance and news"),
    SURVEY("Surveys", "questions about how you are served"),
    /** Hints and invitations for people of one role. */
    CAMPAIGN("Campaigns", "hints and invitations for the product"),
    /** Help that a playbook sends when something does not go well. */
    PLAYBOOK("Playbooks", "help when something does not go well");

    private final String title;
    private final String about;

    Purpose(String title, String about) {
        this.title = title;
        this.about = about;
    }

    public String title() {
        return title;
    }

    /** What such letters are about, in the middle of a sentence to their reader. */
    public String about() {
        return about;
    }

    /** As it is stored and as programs say it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its reader may say no. */
    public boolean mayBeRefused() {
        return this != TRANSACTIONAL;
    }

    /** Whether it can wait for a better hour, and counts against how many letters one reader gets. */
    public boolean canWait() {
        return this == SURVEY || this == CAMPAIGN || this == PLAYBOOK;
    }

    public static Optional<Purpose> find(String key) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.key().equals(key))
                .findFirst();
    }
}
