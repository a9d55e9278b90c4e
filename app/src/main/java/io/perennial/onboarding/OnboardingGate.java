package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.web.Wording;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose onboarding it is: nobody changes one without right, one that was stopped, or one that another system runs. */
@Component
class OnboardingGate {

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final OnboardingLog log;
    private final Looking looking;

    OnboardingGate(JdbcClient database, OnboardingRows rows, OnboardingLog log, Looking looking) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.looking = looking;
    }

    /** Runs a change, writes it down and looks what the facts make of it. */
    @Nullable
    UUID done(Onboarding onboarding, String what, Row row, Worker worker, Runnable change) {
        UUID id = log.changed(onboarding, what, List.of(row), worker.actor(), change);
        if (id != null) {
            looking.look(List.of(onboarding.id()));
        }
        return id;
    }

    /** Until the end of the transaction nobody else changes it. @throws Refused when it rests */
    Onboarding open(UUID id, Worker worker) {
        Onboarding onboarding = allowed(id, worker);
        if (onboarding.stoppedOn() != null) {
            throw new Refused("It was stopped on " + Wording.day(onboarding.stoppedOn()) + ". Take it up again first.");
        }
        if (!onboarding.isOurs()) {
            throw new Refused("Another system runs this onboarding; change it there.");
        }
        return onboarding;
    }

    /** The same, for those that were stopped as well. */
    Onboarding allowed(UUID id, Worker worker) {
        requireWork(worker);
        database.sql("select id from onboarding.onboarding where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        Viewer viewer = worker.viewer();
        return (viewer == null ? rows.find(id) : rows.find(id, viewer))
                .orElseThrow(() -> new NoSuchElementException("There is no such onboarding in your portfolio."));
    }

    static void requireWork(Worker worker) {
        Viewer viewer = worker.viewer();
        if (viewer != null && !viewer.role().mayWork()) {
            throw new Refused("Your role looks at onboardings and changes none.");
        }
    }
}
