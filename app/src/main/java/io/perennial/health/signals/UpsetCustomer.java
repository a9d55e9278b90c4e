package io.perennial.health.signals;

import java.util.ArrayList;
import java.util.List;

/** A customer is upset who says so in words, has to ask again and again, or answers a case with the lowest marks. */
final class UpsetCustomer {

    /** One message of which the model is fairly sure, or that a person called upset; two of which it is less sure. */
    private static final double UPSET = 0.8;

    private static final double STILL_UPSET = 0.5;
    private static final double ASKED_AGAIN = 1.5;
    private static final double STILL_ASKING = 0.5;
    /** Two of five and less. */
    private static final double LOW_ANSWER = 40;

    private static final int RENEWAL_NEAR = 90;

    private UpsetCustomer() {}

    static Verdict judge(Situation situation) {
        boolean standing = situation.standing();
        Check words = situation.atLeast("upset_28", standing ? STILL_UPSET : UPSET);
        Check again = situation.atLeast("repeated_28", standing ? STILL_ASKING : ASKED_AGAIN);
        Check answer = situation.atMost("low_answer_28", LOW_ANSWER);
        List<Check> reasons = List.of(words, again, answer);
        return Verdict.whenAny(urgency(situation, reasons), () -> evidence(situation, reasons), reasons);
    }

    private static Urgency urgency(Situation situation, List<Check> reasons) {
        long met = reasons.stream()
                .filter(reason -> reason.answer() == Check.Answer.YES)
                .count();
        double renewal = situation.value("days_to_renewal", RENEWAL_NEAR);
        boolean pressing = met > 1 || situation.value("open_urgent", 0) > 0 || renewal >= 0 && renewal < RENEWAL_NEAR;
        return pressing ? Urgency.NOW : Urgency.THIS_WEEK;
    }

    private static String evidence(Situation situation, List<Check> reasons) {
        List<String> said = new ArrayList<>();
        for (Check reason : reasons) {
            if (reason.answer() == Check.Answer.YES) {
                said.add(situation.evidence(reason.measure(), reason.measure().replace('_', ' ')));
            }
        }
        return String.join("; ", said);
    }
}
