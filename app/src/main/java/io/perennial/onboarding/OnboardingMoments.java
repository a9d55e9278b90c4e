package io.perennial.onboarding;

import io.perennial.playbooks.moments.MomentSource;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What happens on the way to first value may start a playbook. Overdue days that are still to come are told with their day. */
@Component
class OnboardingMoments implements MomentSource {

    @Override
    public Kind kind() {
        return new Kind(
                "milestone", "on the way to first value: {name}", "anything happens on the way to first value", false);
    }

    @Override
    public Map<String, String> names() {
        return Map.of(
                "started", "an onboarding begins",
                "first value", "the customer gets first value",
                "finished", "an onboarding is over",
                "reached *", "a milestone is reached, such as  reached In daily use",
                "overdue *", "a milestone is overdue, such as  overdue In daily use");
    }

    @Override
    public String select() {
        return """
                select id, account_id,
                       case kind when 'milestone_reached' then 'reached ' || name when 'milestone_overdue' then 'overdue ' || name
                            else replace(kind, '_', ' ') end as name,
                       at,
                       case kind when 'milestone_reached' then name || ' was reached on '
                                 when 'milestone_overdue' then name || ' is overdue since '
                                 when 'first_value' then 'first value came on '
                                 else name || ' ' || kind || ' on ' end || (at at time zone 'UTC')::date as evidence
                from onboarding.moments
                """;
    }

    @Override
    public Set<String> records() {
        return Set.of("onboardings", "onboarding-milestones");
    }
}
