package io.perennial.health.scoring;

import io.perennial.health.model.Score;

/** Stored readings and what a model in force says to them. */
final class Weighed {

    private final Kept kept;
    private final ModelVersion model;
    private final Score score;
    private final int usual;
    private String reason = "";

    Weighed(Kept kept, ModelVersion model, Score score, int usual) {
        this.kept = kept;
        this.model = model;
        this.score = score;
        this.usual = usual;
    }

    Kept kept() {
        return kept;
    }

    ModelVersion model() {
        return model;
    }

    Score score() {
        return score;
    }

    int usual() {
        return usual;
    }

    /** See {@link Stakes#atMost}. */
    short lacks() {
        return Stakes.atMost(kept.lacks(), score.value(), score.band());
    }

    String reason() {
        return reason;
    }

    void because(String words) {
        reason = words;
    }

    /** Compare {@link StoredScore#sameAs}: what is not named there is the same, else it were not kept. */
    boolean differs() {
        return score.value() != kept.score()
                || score.coverage() != kept.coverage()
                || score.band() != kept.band()
                || !model.id().equals(kept.model())
                || usual != kept.usual()
                || !kept.samePacked()
                || !reason.equals(kept.reason());
    }

    /** Compare {@link StoredScore#changedFrom}. */
    boolean changed() {
        return score.band() != kept.band()
                || Math.round(score.value()) != Math.round(kept.score())
                || !model.id().equals(kept.model());
    }
}
