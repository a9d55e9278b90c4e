package io.perennial.surveys;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.List;

/**
 * A door for modules that know when something happened to an account after which it is worth asking: a renewal, a milestone, a
 * finished onboarding.
 */
public interface SurveyOccasions {

    /** @param key stable, such as {@code customer_since} */
    record Kind(String key, String title) {}

    /** @param id what makes it the same occasion when it is read again, short */
    record Occasion(AccountId account, String id) {}

    List<Kind> kinds();

    /** All that happened on these days, both included, in one statement. */
    List<Occasion> between(String kind, LocalDate from, LocalDate to);
}
