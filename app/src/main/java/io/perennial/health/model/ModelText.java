package io.perennial.health.model;

/** Reads a model text. */
final class ModelText {

    private final String text;

    ModelText(String text) {
        this.text = text;
    }

    HealthModel model() throws ModelProblem {
        throw new UnsupportedOperationException(text);
    }
}
