package io.perennial.surveys.web;

import org.springframework.context.ApplicationContext;

/** All visitors of the tests come from one address. */
public final class Guesses {

    private Guesses() {}

    public static void forgetAll(ApplicationContext application) {
        application.getBean(LinkGuesses.class).forgetEverything();
    }
}
