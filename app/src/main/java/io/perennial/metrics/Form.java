package io.perennial.metrics;

import java.util.List;
import java.util.Set;

/**
 * One way to hand over the numbers of a definition, and what is computed of them.
 *
 * @param definition id of the metric's definition that it computes
 */
public record Form(String definition, List<Input> inputs, Formula formula) {

    /** Everything that it needs is there. */
    boolean complete(Set<String> sent) {
        return inputs.stream().filter(Input::required).allMatch(input -> has(input, sent));
    }

    /** Nothing is there that it does not know. */
    boolean knows(Set<String> sent) {
        return sent.stream().allMatch(name -> inputs.stream().anyMatch(input -> input.answersTo(name)));
    }

    /** How many of the names it knows: tells which form somebody meant who left something out. */
    long understood(Set<String> sent) {
        return sent.stream()
                .filter(name -> inputs.stream().anyMatch(input -> input.answersTo(name)))
                .count();
    }

    static boolean has(Input input, Set<String> sent) {
        return sent.stream().anyMatch(input::answersTo);
    }
}
