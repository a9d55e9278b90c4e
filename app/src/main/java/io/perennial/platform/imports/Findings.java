package io.perennial.platform.imports;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What was found in the rows of a file while they came in: what is wrong, what waits, what is odd. */
@Component
public class Findings {

    private final ImportProblems problems;
    private final ImportRemarks remarks;
    private final WaitingRows waiting;

    Findings(ImportProblems problems, ImportRemarks remarks, WaitingRows waiting) {
        this.problems = problems;
        this.remarks = remarks;
        this.waiting = waiting;
    }

    public List<ImportProblem> problems(UUID id, int limit) {
        return problems.first(id, limit);
    }

    /** What was wrong with rows, by kind; most rows first. */
    public List<ImportRemark> kindsOfProblems(UUID id, int limit) {
        return problems.kinds(id, limit);
    }

    /** In the order of the file; at most 100,000 are kept. */
    public void eachProblem(UUID id, Consumer<ImportProblem> reader) {
        problems.each(id, reader);
    }

    /** How many rows wait for records that are not here yet, as a sentence; empty when none does. */
    public String waiting(UUID id) {
        return waiting.told(id);
    }

    /** What was odd about rows that came in nevertheless; most rows first. */
    public List<ImportRemark> remarks(UUID id) {
        return remarks.of(id);
    }
}
