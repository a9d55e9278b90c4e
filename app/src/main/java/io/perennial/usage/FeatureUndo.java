package io.perennial.usage;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import io.perennial.usage.FeatureCatalogue.Own;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes back what somebody said about a feature. */
@Component
class FeatureUndo implements Undoable {

    static final String KIND = "feature";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FeatureCatalogue catalogue;

    FeatureUndo(FeatureCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String json(Own own) {
        ObjectNode node = JSON.createObjectNode()
                .put("name", own.shownAs())
                .put("product_area", own.ownArea())
                .put("level", own.ownLevel())
                .put("hidden", own.hidden())
                .put(
                        "reviewed_at",
                        own.reviewedAt() == null ? null : own.reviewedAt().toString());
        return JSON.writeValueAsString(node);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things) {
            int id = Integer.parseInt(thing.id());
            Own now = catalogue.own(id).orElse(null);
            if (now == null || thing.before() == null || thing.after() == null) {
                leftAlone.add("a feature that is gone");
            } else if (!sameWords(now, restored(now, thing.after()))) {
                leftAlone.add(now.name() + " was changed again since");
            } else {
                catalogue.store(id, restored(now, thing.before()));
                restored++;
            }
        }
        return new UndoResult(restored, leftAlone);
    }

    /** Looking at it again without saying anything else is no change. */
    private static boolean sameWords(Own one, Own other) {
        return one.with(one.shownAs(), one.ownArea(), one.ownLevel(), one.hidden(), null)
                .equals(other.with(other.shownAs(), other.ownArea(), other.ownLevel(), other.hidden(), null));
    }

    private static Own restored(Own now, String json) {
        JsonNode node = JSON.readTree(json);
        String reviewed = text(node, "reviewed_at");
        return now.with(
                text(node, "name"),
                text(node, "product_area"),
                text(node, "level"),
                node.path("hidden").asBoolean(),
                reviewed == null ? null : Instant.parse(reviewed));
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }
}
