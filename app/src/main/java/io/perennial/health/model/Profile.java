package io.perennial.health.model;

import java.util.List;

/**
 * A variation of a model for some accounts.
 *
 * @param rules the whole list as it holds for these accounts, in the model's order
 */
public record Profile(String name, Match match, List<MeasureRule> rules) {}
