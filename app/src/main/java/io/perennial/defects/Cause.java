package io.perennial.defects;

import java.util.List;

/**
 * Where defects come from: what prevention starts with.
 *
 * @param shipped part of the product, else a word of this house
 */
public record Cause(String key, String title, String meaning, boolean shipped) {

    static final List<Cause> SHIPPED = List.of(
            shipped("requirement", "Requirement", "Nobody had said that it must do this."),
            shipped("design", "Design", "Built as designed, and the design does not work."),
            shipped("code", "Code", "Wrong from the first day."),
            shipped("regression", "Regression", "It worked until a change broke it."),
            shipped("performance", "Performance", "Right, but too slow or too large."),
            shipped("configuration", "Configuration", "Set up wrongly where it runs."),
            shipped("data", "Data", "Data that the product should have refused or could not read."),
            shipped("integration", "Integration", "Where it meets another system."),
            shipped("third-party", "Third party", "In something that we use and did not make."),
            shipped("documentation", "Documentation", "It does as it should; we said otherwise."));

    private static Cause shipped(String key, String title, String meaning) {
        return new Cause(key, title, meaning, true);
    }
}
