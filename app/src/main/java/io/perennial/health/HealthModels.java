package io.perennial.health;

import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.HistoryJob;
import io.perennial.health.scoring.ModelVersion;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.jobs.Jobs;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What counts as health: versions of models, drafts, and putting them in force. */
@Component
public class HealthModels {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Models models;
    private final Jobs jobs;
    private final Audit audit;

    HealthModels(Models models, Jobs jobs, Audit audit) {
        this.models = models;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** Every version of every model. */
    public List<ModelVersion> all() {
        return models.all();
    }

    public Optional<ModelVersion> find(UUID id) {
        return models.find(id);
    }

    /** The newest first. */
    public List<ModelVersion> versionsOf(String name) {
        return models.versionsOf(name);
    }

    /**
     * Saves a changed text as the draft of the model.
     *
     * @throws ModelProblem with every line that is wrong
     */
    @Transactional
    public UUID draft(ModelVersion of, String text, Viewer viewer) throws ModelProblem {
        allow(viewer);
        return models.draft(of.name(), text, viewer.actor());
    }

    /** Puts a draft in force; a job then scores every account anew. */
    @Transactional
    public ModelVersion publish(UUID draft, String reason, Viewer viewer) {
        allow(viewer);
        ModelVersion published = models.publish(draft, reason, viewer.actor());
        audit.record(
                viewer.actor(),
                "health-model",
                "Health model %s published: %s".formatted(published.label(), published.reason()),
                List.of(new ChangedThing(
                        "health-model",
                        published.id().toString(),
                        null,
                        null,
                        JSON.writeValueAsString(JSON.createObjectNode()
                                .put("version", published.version())
                                .put("reason", reason)))));
        jobs.submit(RecomputeJob.KIND, "Scoring all accounts by " + published.label(), "{}", viewer.actor());
        return published;
    }

    /** Two years of weekly history as the models in force would have told it, as a job. */
    @Transactional
    public UUID rewriteHistory(Viewer viewer) {
        allow(viewer);
        return jobs.submit(HistoryJob.KIND, "Rewriting two years of health history", "{}", viewer.actor());
    }

    private static void allow(Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            throw new AccessDeniedException("Models are changed by leaders and administrators.");
        }
    }
}
