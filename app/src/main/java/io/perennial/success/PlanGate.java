package io.perennial.success;

import io.perennial.identity.Viewer;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Whose plan it is: nobody changes one without right, and two at once change it one after the other. */
@Component
class PlanGate {

    private final JdbcClient database;
    private final SuccessPlans plans;

    PlanGate(JdbcClient database, SuccessPlans plans) {
        this.database = database;
        this.plans = plans;
    }

    static void require(Viewer viewer) {
        if (!PlanWork.mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts keep success plans.");
        }
    }

    /** As it is once everybody before us is done, and held until the transaction ends. */
    Plan writable(UUID id, Viewer viewer) {
        require(viewer);
        database.sql("select id from success.plan where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        return plans.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such plan in your portfolio."));
    }
}
