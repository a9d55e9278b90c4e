package io.perennial.playbooks.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps one after another, branches as jumps: where a run stands is one number, which stays right as long as its version does.
 *
 * @param instructions the position of each is its place
 */
public record Program(List<Instruction> instructions) {

    /**
     * @param step a branch jumps to {@code otherwise} when its conditions do not hold
     * @param otherwise position after the steps of its {@code then}
     * @param next position that follows
     */
    public record Instruction(Step step, int otherwise, int next) {}

    public static Program of(List<Step> steps) {
        List<Instruction> instructions = new ArrayList<>();
        add(steps, instructions);
        return new Program(List.copyOf(instructions));
    }

    private static void add(List<Step> steps, List<Instruction> instructions) {
        for (Step step : steps) {
            int place = instructions.size();
            if (step instanceof Step.Branch branch) {
                instructions.add(new Instruction(step, 0, 0));
                add(branch.then(), instructions);
                int endOfThen = instructions.size();
                add(branch.otherwise(), instructions);
                int end = instructions.size();
                instructions.set(place, new Instruction(step, endOfThen, place + 1));
                if (endOfThen > place + 1 && end > endOfThen) {
                    leave(instructions, place + 1, endOfThen, end);
                }
            } else {
                instructions.add(new Instruction(step, place + 1, place + 1));
            }
        }
    }

    /** Whatever would go on into the other branch goes on after it. */
    private static void leave(List<Instruction> instructions, int from, int to, int end) {
        for (int i = from; i < to; i++) {
            Instruction one = instructions.get(i);
            instructions.set(
                    i,
                    new Instruction(
                            one.step(),
                            one.otherwise() == to ? end : one.otherwise(),
                            one.next() == to ? end : one.next()));
        }
    }

    public int size() {
        return instructions.size();
    }

    public Instruction at(int position) {
        return instructions.get(position);
    }

    public boolean isOver(int position) {
        return position >= instructions.size();
    }
}
