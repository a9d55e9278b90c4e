package io.perennial.platform.imports.web;

import io.perennial.platform.imports.Counts;
import io.perennial.platform.imports.ImportRemark;
import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Question;
import io.perennial.platform.jobs.Job;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as programs see it.
 *
 * @param rows in the file, without the header
 * @param state {@code open} until started, then the state of its job
 * @param done rows handled so far
 * @param remarks what was odd about rows that came in nevertheless
 * @param columns field to column of the file
 * @param questions what is missing before it can start
 */
record ImportAnswer(
        UUID id,
        String type,
        String file,
        long rows,
        String state,
        long done,
        Outcome outcome,
        List<ImportRemark> remarks,
        Map<String, String> columns,
        List<Question> questions,
        @Nullable UUID job,
        @Nullable String result,
        @Nullable String error) {

    record Outcome(long created, long changed, long unchanged, long withProblems, long gathered, long leftOut) {

        static Outcome of(Counts counts) {
            return new Outcome(
                    counts.created(),
                    counts.changed(),
                    counts.unchanged(),
                    counts.withProblems(),
                    counts.gathered(),
                    counts.leftOut());
        }
    }

    static ImportAnswer of(ImportView view, List<ImportRemark> remarks, @Nullable Job job) {
        return new ImportAnswer(
                view.id(),
                view.type().name(),
                view.fileName(),
                view.file().rows(),
                job == null ? "open" : job.state().word(),
                view.counts().rows(),
                Outcome.of(view.counts()),
                remarks,
                view.mapping().columns(),
                view.questions(),
                view.job(),
                job == null ? null : job.result(),
                job == null ? null : job.error());
    }
}
