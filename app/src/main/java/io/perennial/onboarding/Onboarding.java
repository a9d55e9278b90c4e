package io.perennial.onboarding;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One customer on the way from the contract to first value.
 *
 * @param way guided, automated, or elsewhere for what another system runs
 * @param ownerId who is responsible: the onboarding's own, else the account's; null for nobody
 * @param startedOn time to first value counts from here
 * @param nextMilestone the open milestone whose day is nearest
 * @param nextTheirs role at the customer on which it waits; empty when it is up to us
 */
public record Onboarding(
        UUID id,
        String externalId,
        AccountId account,
        String accountExternalId,
        String accountName,
        @Nullable String template,
        @Nullable UUID templateId,
        @Nullable Integer templateNumber,
        String way,
        @Nullable UUID contractId,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable String ownerEmail,
        @Nullable UUID contactId,
        LocalDate startedOn,
        @Nullable LocalDate beginsOn,
        @Nullable LocalDate toldOn,
        @Nullable LocalDate firstValueOn,
        @Nullable LocalDate finishedOn,
        @Nullable LocalDate stoppedOn,
        @Nullable String stoppedWhy,
        List<String> writeTo,
        @Nullable String help,
        int taskAfter,
        int reached,
        int total,
        @Nullable UUID nextMilestone,
        @Nullable String nextName,
        @Nullable String nextTheirs,
        @Nullable LocalDate nextOpenedOn,
        @Nullable LocalDate nextSlowOn,
        @Nullable LocalDate nextDueOn) {

    /** How it goes, measured by the pace of those before. */
    public enum Track {
        BEHIND("behind", "Behind", "at-risk", "exclamation-triangle"),
        SLOW("slow", "Slow", "watch", "clock"),
        ON_TRACK("on_track", "On track", "healthy", "check2"),
        FINISHED("finished", "Finished", "accent", "flag"),
        STOPPED("stopped", "Stopped", null, "x-lg");

        private final String key;
        private final String title;
        private final @Nullable String tone;
        private final String icon;

        Track(String key, String title, @Nullable String tone, String icon) {
            this.key = key;
            this.title = title;
            this.tone = tone;
            this.icon = icon;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        public @Nullable String tone() {
            return tone;
        }

        public String icon() {
            return icon;
        }
    }

    public Track track(LocalDate today) {
        if (stoppedOn != null) {
            return Track.STOPPED;
        }
        if (finishedOn != null) {
            return Track.FINISHED;
        }
        if (nextDueOn != null && nextDueOn.isBefore(today)) {
            return Track.BEHIND;
        }
        return nextSlowOn != null && nextSlowOn.isBefore(today) ? Track.SLOW : Track.ON_TRACK;
    }

    public boolean isOpen() {
        return finishedOn == null && stoppedOn == null;
    }

    public boolean isOurs() {
        return !way.equals("elsewhere");
    }

    public boolean isGuided() {
        return way.equals("guided");
    }

    public String title() {
        return template == null ? "Onboarding" : template;
    }

    public String address() {
        return "/onboardings/" + id;
    }

    /** Days since it started, until it was over. */
    public long days(LocalDate today) {
        LocalDate end = finishedOn != null ? finishedOn : stoppedOn != null ? stoppedOn : today;
        return Math.max(0, ChronoUnit.DAYS.between(startedOn, end));
    }

    /** Days for which the next milestone has been open; null when none is. */
    public @Nullable Long daysInNext(LocalDate today) {
        return nextOpenedOn == null ? null : Math.max(0, ChronoUnit.DAYS.between(nextOpenedOn, today));
    }
}
