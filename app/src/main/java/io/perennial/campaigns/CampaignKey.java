package io.perennial.campaigns;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes a letter of a campaign the same letter whenever it is written again: campaign, step, reader. */
record CampaignKey(UUID campaign, int step, UUID contact) {

    private static final Pattern KEY = Pattern.compile("campaign:([0-9a-f-]{36}):(\\d{1,4}):([0-9a-f-]{36})");

    static Optional<CampaignKey> of(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new CampaignKey(
                        UUID.fromString(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        UUID.fromString(matcher.group(3))))
                : Optional.empty();
    }

    String text() {
        return "campaign:" + campaign + ":" + step + ":" + contact;
    }
}
