package io.perennial.platform.jobs;

/** Does one kind of long work. Runs at least once: after a crash it starts again from its last checkpoint. */
public interface JobHandler {

    String kind();

    /**
     * @return one sentence for the job card: "4,120 created, 12 changed, 3 rows with problems"
     * @throws JobFailed when the work cannot go on; the message is shown
     */
    String run(JobRun run);

    final class JobFailed extends RuntimeException {
        public JobFailed(String message) {
            super(message);
        }
    }
}
