package io.perennial.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.perennial.platform.background.AfterCommit;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs jobs with db-scheduler. The schedule row is written in the transaction of the submission, so a job exists
 * exactly when its cause does; a run whose process died is noticed by its missing heartbeat and started again.
 */
@Component
class ScheduledJobs implements Jobs, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledJobs.class);
    private static final int THREADS = 4;
    private static final int MOST_ATTEMPTS = 20;
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After kill -9 a job goes on within five heartbeats at most. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobStore store;
    private final ObjectProvider<JobHandler> handlers;
    private final ObjectProvider<Live> live;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;
    private volatile boolean running;

    ScheduledJobs(DataSource database, JobStore store, ObjectProvider<JobHandler> handlers, ObjectProvider<Live> live) {
        this.store = store;
        this.handlers = handlers;
        this.live = live;
        this.task = Tasks.custom("job", Void.class)
                .onDeadExecutionRevive()
                .onFailure((failed, operations) ->
                        operations.reschedule(failed, failed.getTimeDone().plus(RETRY_AFTER)))
                .execute(this::execute);
        this.scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(database), task)
                .tableName("platform.scheduled_tasks")
                .threads(THREADS)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
    }

    @Override
    @Transactional
    public UUID submit(String kind, String title, String parametersJson, Actor actor) {
        UUID id = Ids.next();
        store.insert(id, kind, title, parametersJson, actor);
        // The scheduler measures liveness in machine time; business time never decides whether a job is due.
        scheduler.schedule(task.instance(id.toString()), Instant.EPOCH);
        AfterCommit.run(() -> {
            if (running) {
                scheduler.triggerCheckForDueExecutions();
            }
        });
        return id;
    }

    @Override
    @Transactional
    public void cancel(UUID job, Actor actor) {
        if (store.requestCancel(job)) {
            LOG.info("{} cancelled job {}", actor.name(), job);
            changed(job);
        }
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        UUID id = UUID.fromString(instance.getId());
        JobStore.Started job = store.start(id).orElse(null);
        if (job == null) {
            return remove();
        }
        changed(id);
        try {
            RunningJob run = new RunningJob(store, job, () -> !running, this::changed);
            String result = handler(job.kind()).run(run);
            store.finish(id, job.attempt(), run.sawCancel() ? "cancelled" : "done", result, null);
        } catch (RunningJob.Interrupted interrupted) {
            LOG.info("Job {} pauses: {}", id, interrupted.getMessage());
            return again(Duration.ZERO);
        } catch (JobHandler.JobFailed failure) {
            store.finish(id, job.attempt(), "failed", null, failure.getMessage());
        } catch (RuntimeException failure) {
            if (!running) {
                return again(Duration.ZERO);
            }
            if (passes(failure) && job.attempt() < MOST_ATTEMPTS) {
                LOG.warn("Job {} is tried again", id, failure);
                return again(RETRY_AFTER);
            }
            LOG.error("Job {} ({}) failed", id, job.kind(), failure);
            store.finish(
                    id,
                    job.attempt(),
                    "failed",
                    null,
                    "Something unexpected went wrong. The server's log has the details under " + id + ".");
        }
        changed(id);
        return remove();
    }

    private static CompletionHandler<Void> remove() {
        return (complete, operations) -> operations.remove();
    }

    private static CompletionHandler<Void> again(Duration later) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(later));
    }

    private JobHandler handler(String kind) {
        return handlers.stream()
                .filter(handler -> handler.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new JobHandler.JobFailed("Nobody knows how to do work of kind " + kind));
    }

    /** A database that is away or a lost race for locks: later it may work. */
    private static boolean passes(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException;
    }

    private void changed(UUID job) {
        live.ifAvailable(pages -> {
            pages.changed("job:" + job);
            pages.changed("jobs");
        });
    }

    @Override
    public void start() {
        running = true;
        scheduler.start();
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
