package io.perennial.health.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The models that ship with the product: a company starts with the standard one and makes it its own. */
public final class DefaultModels {

    private DefaultModels() {}

    /** One model for all, with profiles for onboarding, enterprise and small customers. */
    public static HealthModel standard() {
        return read("standard");
    }

    private static HealthModel read(String name) {
        String file = "/health/models/" + name + ".yaml";
        try (InputStream in = DefaultModels.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The model " + file + " is missing from the product.");
            }
            return HealthModel.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ModelProblem e) {
            throw new IllegalStateException(file + " is not a usable model:\n" + e.getMessage(), e);
        }
    }
}
