package io.perennial.health.signals;

import io.perennial.health.model.Band;
import io.perennial.health.model.Part;
import io.perennial.health.model.Score;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules in force. Each limit has a second, softer one for signals that stand already. */
final class SignalRules {

    private static final double HALF = 0.5;
    /** Of the pace of an even use over the term, the share that is missing. */
    private static final double UNUSED = 0.75;

    private static final double STILL_UNUSED = 0.6;
    private static final int SILENCE_USUALLY = 60;
    private static final int NO_TALK_BEFORE_RENEWAL = 60;
    private static final int RENEWAL_NEAR = 90;
    private static final int ONBOARDING_DAYS = 90;
    private static final int STUCK_DAYS = 14;

    /** Days without a conversation that are too many, by segment. */
    private static final Map<String, Integer> CADENCE = Map.of(
            "enterprise", 30,
            "strategic", 30,
            "key account", 30,
            "mid-market", 45,
            "mid market", 45,
            "smb", 120,
            "small", 120,
            "small business", 120,
            "startup", 120,
            "self-serve", 180);

    /** The first red flag: who stops using what serves its goals has begun to leave, even where use as a whole stays level. */
    static final SignalRule GOAL_FEATURES_FALLING = new SignalRule(
            "goal_features_falling",
            "What serves their goals is used less",
            "Call the sponsor: is the goal still theirs? Show the people whose use fell how the feature serves it, and agree anew on"
                    + " the success plan.",
            situation -> Verdict.whenAll(
                    situation.value("goal_features_drop", 0) >= HALF ? Urgency.NOW : Urgency.THIS_WEEK,
                    () -> situation.evidence(
                            "goal_features_drop", "the features of the customer's goals are used less"),
                    situation.moreThan("goal_features_drop", 0)));

    static final SignalRule FALLING_USAGE = new SignalRule(
            "falling_usage",
            "Use is falling",
            "Call this week: find out who stopped and why, then run an engagement campaign for the people whose use fell.",
            situation -> Verdict.whenAll(
                    situation.value("usage_drop", 0) >= HALF ? Urgency.NOW : Urgency.THIS_WEEK,
                    () -> situation.evidence("usage_drop", "use fell against its own baseline and the whole cohort"),
                    situation.moreThan("usage_drop", 0)));

    static final SignalRule TOO_MANY_REQUESTS = new SignalRule(
            "too_many_requests",
            "Unusually many requests for help",
            "Escalate to the CSM, answer the content of the cases, and offer a call before the next case arrives.",
            situation -> Verdict.whenAll(
                    situation.value("open_urgent", 0) > 0 ? Urgency.NOW : Urgency.THIS_WEEK,
                    () -> situation.evidence("requests_high_p", "far more cases than this account usually opens"),
                    situation.lessThan("requests_high_p", situation.standing() ? 0.05 : 0.01)));

    static final SignalRule TOO_FEW_REQUESTS = new SignalRule(
            "too_few_requests",
            "Gone quiet: few requests and little use",
            "Call: a customer who neither asks nor uses is leaving in silence.",
            situation -> Verdict.whenFirstAndAny(
                    Urgency.THIS_WEEK,
                    () -> situation.evidence("requests_low_p", "far fewer cases than usual")
                            + ", while use is falling or narrow",
                    situation.lessThan("requests_low_p", situation.standing() ? 0.15 : 0.05),
                    List.of(
                            situation.moreThan("usage_drop", 0),
                            situation.lessThan("usage_trend", situation.standing() ? 0.9 : 0.8),
                            situation.lessThan("breadth", 0.2))));

    static final SignalRule DETRACTOR = new SignalRule(
            "detractor",
            "An unhappy answer",
            "Call within two days, listen, and tell them what follows.",
            situation -> Verdict.whenAll(
                    situation.value("detractor", 6) <= 3 ? Urgency.NOW : Urgency.THIS_WEEK,
                    () -> situation.evidence("detractor", "answered 6 or less"),
                    situation.atMost("detractor", 6),
                    recent(situation, "detractor", situation.standing() ? 90 : 60)));

    static final SignalRule UPSET_CUSTOMER = new SignalRule(
            "upset_customer",
            "A customer is upset",
            "Call today, before the next mail: listen, own what went wrong, name one person and a date, and agree with support"
                    + " on the case.",
            UpsetCustomer::judge);

    static final SignalRule SILENCE = new SignalRule(
            "silence",
            "No conversation for too long",
            "Arrange a conversation with the sponsor; after 60 days without one, map the contacts anew.",
            situation -> Verdict.whenAll(
                    situation.value("days_since_conversation", 0) > 2 * cadence(situation)
                            ? Urgency.THIS_WEEK
                            : Urgency.SOON,
                    () -> situation.evidence("days_since_conversation", "no two-way conversation on record"),
                    situation.moreThan("days_since_conversation", cadence(situation))));

    static final SignalRule LICENCES_UNUSED = new SignalRule(
            "licences_unused",
            "Licences paid for and not used",
            "Offer training to those who have a licence and do not use it, before the renewal asks why.",
            situation -> Verdict.whenAll(
                    situation.value("active_share", 1) < HALF / 2 ? Urgency.THIS_WEEK : Urgency.SOON,
                    () -> situation.evidence("active_share", "less than half of the licences are used"),
                    situation.lessThan("active_share", situation.standing() ? 0.6 : HALF),
                    notOnboarding(situation)));

    static final SignalRule ENTITLEMENTS_UNUSED = new SignalRule(
            "entitlement_unused",
            "Part of the program paid for and not used",
            "Offer what is left with a date: a review, a training, an hour with an expert. Who does not want it bought the wrong"
                    + " program; say so before the renewal does.",
            situation -> Verdict.whenAll(
                    near(situation) ? Urgency.THIS_WEEK : Urgency.SOON,
                    () -> situation.evidence(
                            "entitlement_unused", "less than a quarter of what should be used by now was used"),
                    situation.moreThan("entitlement_unused", situation.standing() ? STILL_UNUSED : UNUSED),
                    notOnboarding(situation)));

    static final SignalRule MILESTONE_OVERDUE = new SignalRule(
            "milestone_overdue",
            "Stuck on the way to first value",
            "Do the next step with them in one sitting, today or tomorrow: who never arrives has nothing to renew.",
            situation -> Verdict.whenAll(
                    situation.value("milestone_overdue", 0) > STUCK_DAYS ? Urgency.NOW : Urgency.THIS_WEEK,
                    () -> situation.evidence("milestone_overdue", "a milestone of the onboarding is overdue"),
                    situation.atLeast("milestone_overdue", 1)));

    static final SignalRule CONTACT_LEFT = new SignalRule(
            "contact_left",
            "A contact has left",
            "Map the contacts anew, win a second contact, and introduce yourself to the successor.",
            situation -> Verdict.whenAll(
                    Urgency.THIS_WEEK,
                    () -> situation.evidence("contacts_left_90", "a contact left in the last 90 days"),
                    situation.atLeast("contacts_left_90", 1)));

    static final SignalRule RENEWAL_UNPREPARED = new SignalRule(
            "renewal_unprepared",
            "Renewal near and not prepared",
            "Start the renewal play: owner, decision maker, confirmed contact, notice, proof of value.",
            SignalRules::renewalUnprepared);

    static final SignalRule RENEWAL_OVERDUE = new SignalRule(
            "renewal_overdue",
            "Term over and not renewed",
            "Call today: ask what is missing for a signature and agree on its day. If they are leaving, record the cancellation with"
                    + " its reason.",
            situation -> Verdict.whenAll(
                    Urgency.NOW,
                    () -> situation.evidence("days_to_renewal", "the last term has ended, and nothing follows it"),
                    situation.lessThan("days_to_renewal", 0)));

    static final SignalRule GREEN_WITH_RED_FACT = new SignalRule(
            "green_with_red_fact",
            "Healthy on the whole, with one red fact",
            "Look at the fact before trusting the number: surprise cancellations hide behind good averages.",
            true,
            SignalRules::greenWithRedFact);

    static final List<SignalRule> ALL = List.of(
            GOAL_FEATURES_FALLING,
            FALLING_USAGE,
            TOO_MANY_REQUESTS,
            TOO_FEW_REQUESTS,
            DETRACTOR,
            UPSET_CUSTOMER,
            SILENCE,
            LICENCES_UNUSED,
            ENTITLEMENTS_UNUSED,
            MILESTONE_OVERDUE,
            CONTACT_LEFT,
            RENEWAL_UNPREPARED,
            RENEWAL_OVERDUE,
            GREEN_WITH_RED_FACT);

    /** Those to be asked when nothing but the score is new. */
    static final List<SignalRule> OF_THE_SCORE =
            ALL.stream().filter(SignalRule::ofTheScore).toList();

    private static final Map<String, SignalRule> BY_CAUSE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(SignalRule::cause, rule -> rule));

    private SignalRules() {}

    static Optional<SignalRule> named(String cause) {
        return Optional.ofNullable(BY_CAUSE.get(cause));
    }

    private static Verdict renewalUnprepared(Situation situation) {
        double days = situation.value("days_to_renewal", RENEWAL_NEAR);
        Check near = situation.check(
                "days_to_renewal", "from 1 to less than " + RENEWAL_NEAR, value -> value > 0 && value < RENEWAL_NEAR);
        Check nobodyDecides = situation.check("decision_maker_known", "nobody is known to decide", known -> known == 0);
        Check notConfirmed =
                situation.check("renewal_contact_confirmed", "no contact is confirmed", confirmed -> confirmed == 0);
        Check noTalk = situation.moreThan("days_since_conversation", NO_TALK_BEFORE_RENEWAL);
        List<Check> gaps = List.of(nobodyDecides, notConfirmed, noTalk);
        Urgency urgency = days < 30 ? Urgency.NOW : days < 60 ? Urgency.THIS_WEEK : Urgency.SOON;
        return Verdict.whenFirstAndAny(
                urgency, () -> unprepared(situation, days, nobodyDecides, notConfirmed, noTalk), near, gaps);
    }

    private static String unprepared(
            Situation situation, double days, Check nobodyDecides, Check notConfirmed, Check noTalk) {
        StringBuilder evidence = new StringBuilder("renews in " + Math.round(days) + " days");
        if (nobodyDecides.answer() == Check.Answer.YES) {
            evidence.append(", no decision maker known");
        }
        if (notConfirmed.answer() == Check.Answer.YES) {
            evidence.append(", no renewal contact confirmed");
        }
        if (noTalk.answer() == Check.Answer.YES) {
            evidence.append(", ").append(situation.evidence("days_since_conversation", "no recent conversation"));
        }
        return evidence.toString();
    }

    private static Verdict greenWithRedFact(Situation situation) {
        double limit = situation.standing() ? 35 : 20;
        double share = 0.04;
        boolean green = situation.score().band() == Band.HEALTHY;
        Score score = situation.score();
        Check healthy = Check.of(
                "score",
                () -> "healthy",
                () -> Situation.number(score.value()) + ", "
                        + score.band().title().toLowerCase(Locale.ROOT),
                green);
        Part red = reddest(score, limit, share);
        Supplier<String> found = () -> red == null ? "none" : fact(red);
        Check fact = Check.of(
                red == null ? "score" : red.measure(),
                () -> "a fresh fact of weight that scores at most " + Situation.number(limit),
                found,
                red != null);
        return Verdict.whenAll(
                Urgency.SOON, () -> "score " + Math.round(score.value()) + ", but " + found.get(), healthy, fact);
    }

    private static @Nullable Part reddest(Score score, double limit, double share) {
        Part reddest = null;
        for (Part part : score.parts()) {
            if (part.state().equals(Part.KNOWN)
                    && part.confidence() >= HALF
                    && part.subScore() <= limit
                    && score.share(part) >= share
                    && (reddest == null || part.contribution() < reddest.contribution())) {
                reddest = part;
            }
        }
        return reddest;
    }

    private static String fact(Part part) {
        return part.reading() == null || part.reading().evidence().isBlank()
                ? part.measure().replace('_', ' ')
                : part.reading().evidence();
    }

    private static Check recent(Situation situation, String measure, int days) {
        return situation
                .reading(measure)
                .map(reading -> Check.of(
                        measure,
                        "not older than " + days + " days",
                        "of " + reading.observedOn(),
                        !reading.observedOn().isBefore(situation.today().minusDays(days))))
                .orElseGet(() -> situation.check(measure, "not older than " + days + " days", value -> true));
    }

    private static boolean near(Situation situation) {
        double days = situation.value("days_to_renewal", RENEWAL_NEAR);
        return days >= 0 && days < RENEWAL_NEAR;
    }

    /** New customers need time to begin with what they bought; one whose age is unknown is not new. */
    private static Check notOnboarding(Situation situation) {
        double tenure = situation.value("tenure_days", ONBOARDING_DAYS);
        return Check.of(
                "tenure_days",
                () -> "at least " + ONBOARDING_DAYS + " days a customer",
                () -> situation.reading("tenure_days").isPresent() ? Situation.number(tenure) : "not known",
                tenure >= ONBOARDING_DAYS);
    }

    private static int cadence(Situation situation) {
        return CADENCE.getOrDefault(situation.readings().segment().toLowerCase(Locale.ROOT), SILENCE_USUALLY);
    }
}
