package io.perennial.health.model;

import io.perennial.platform.text.TextProblem;
import java.util.List;

/** A model text that cannot be used, with every line that is wrong and what to write instead. */
public class ModelProblem extends TextProblem {

    private static final long serialVersionUID = 1;

    public ModelProblem(List<Line> lines) {
        super(lines);
    }
}
