package io.perennial.renewals;

import java.util.List;
import org.springframework.stereotype.Component;

/** Why the system expects of a renewal what it expects. */
@Component
public class Expectations {

    private final Odds odds;

    Expectations(Odds odds) {
        this.odds = odds;
    }

    /** Sentences; what the account's health has meant comes first, then what moves it. */
    public List<String> reasons(Renewal renewal) {
        return Chance.reasons(renewal, odds.of(renewal.band()));
    }
}
