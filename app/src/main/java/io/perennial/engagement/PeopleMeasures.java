package io.perennial.engagement;

import io.perennial.accounts.People;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether the right people are known. It stands here because accounts lie below health. */
@Component
class PeopleMeasures implements MeasureSource {

    private static final String DECISION_MAKER = "decision_maker_known";
    private static final String LEFT = "contacts_left_90";
    private static final String CONFIRMED = "renewal_contact_confirmed";
    private static final int LATELY = 90;
    /** People change jobs: a confirmation counts for half a year. */
    private static final int CONFIRMATION = 183;

    private final People people;

    PeopleMeasures(People people) {
        this.people = people;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        DECISION_MAKER,
                        "Decision maker known",
                        "yes or no",
                        "contacts",
                        "1 when a contact with the role decision_maker is still at the customer, else 0."),
                new Measure(
                        LEFT,
                        "Contacts who left",
                        "people",
                        "contacts",
                        "Contacts who left the customer in the last 90 days."),
                new Measure(
                        CONFIRMED,
                        "Renewal contact confirmed",
                        "yes or no",
                        "contacts",
                        "1 when a decision maker, sponsor, finance or renewal contact who is still there was confirmed"
                                + " in the last 183 days, else 0."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return people.known();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        LocalDate today = query.today();
        Span span = query.once().span();
        Map<AccountId, People.Facts> facts = people.facts(
                span == null ? people.of(query.accounts()) : span.of(this, () -> people.of(span.accounts())),
                query.accounts(),
                today,
                today.minusDays(LATELY),
                today.minusDays(CONFIRMATION));
        for (AccountId account : query.accounts()) {
            People.@Nullable Facts known = facts.get(account);
            if (known == null) {
                into.read(account, DECISION_MAKER, 0, today, "no contact known");
                into.read(account, CONFIRMED, 0, today, "no contact known");
                continue;
            }
            String name = known.decisionMaker();
            into.read(
                    account,
                    DECISION_MAKER,
                    name == null ? 0 : 1,
                    today,
                    () -> name == null ? "no decision maker among " + known.here() + " contacts" : name + " decides");
            into.read(
                    account,
                    LEFT,
                    known.latelyLeft(),
                    today,
                    () -> known.latelyLeft() == 0
                            ? "nobody left in 90 days"
                            : known.lastLeft() + " left on " + known.lastLeftOn()
                                    + (known.latelyLeft() > 1 ? ", " + known.latelyLeft() + " in 90 days" : ""));
            into.read(
                    account,
                    CONFIRMED,
                    known.confirmedOn() == null ? 0 : 1,
                    today,
                    () -> known.confirmedOn() == null
                            ? "no renewal contact confirmed in half a year"
                            : "renewal contact confirmed on " + known.confirmedOn());
        }
    }
}
