package io.perennial.onboarding;

import java.util.List;

/** Why a template cannot be used: sentences for whoever wrote it. */
public final class PlanProblem extends RuntimeException {

    private final List<String> problems;

    PlanProblem(List<String> problems) {
        super(String.join(" ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
