package io.perennial.campaigns;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The behaviour that a campaign is to bring about: this feature, on so many days, within so many days of being taken in.
 *
 * @param feature empty: any use of the product
 * @param days on which it is used, at least
 * @param within days after the one on which somebody was taken in
 * @param byCustomer anybody at the customer counts; else only the reader's own login
 */
public record Goal(String feature, int days, int within, boolean byCustomer) {

    public static final int USUAL_WITHIN = 28;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Goal {
        feature = feature.replace("\0", "").strip();
    }

    public static Goal usual() {
        return new Goal("", 1, USUAL_WITHIN, false);
    }

    /** As a sentence without its end. */
    public String words() {
        return (byCustomer ? "somebody at the customer uses " : "they use ")
                + (feature.isEmpty() ? "the product" : feature)
                + (days == 1 ? "" : " on " + days + " days")
                + " within " + (within == 1 ? "a day" : within + " days");
    }

    String json() {
        return JSON.createObjectNode()
                .put("feature", feature)
                .put("days", days)
                .put("within", within)
                .put("by_customer", byCustomer)
                .toString();
    }

    static Goal parse(String json) {
        JsonNode stored = JSON.readTree(json);
        return new Goal(
                stored.path("feature").asString(""),
                Math.max(1, stored.path("days").asInt(1)),
                Math.max(1, stored.path("within").asInt(USUAL_WITHIN)),
                stored.path("by_customer").asBoolean(false));
    }
}
