package io.perennial.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the account page says about adoption: how much of what was bought is used, by whom, and what peers do. Windows are
 * 28 days up to the last finished day that anybody used the product; shares are per mille.
 *
 * @param licences share of seats with an active user
 * @param unused seats without one
 * @param unusedArr the part of the recurring revenue that those are
 * @param segment whose accounts are the peers; empty when all accounts are
 * @param peers medians of the segment; null parts where nothing is known
 * @param sessions null where no events tell when somebody worked
 * @param logins active ones, most active first, at most {@value #MOST_LOGINS}
 * @param logged how many logins were active
 * @param idle logins known from before that were not active, latest first, at most {@value #MOST_IDLE}
 * @param idleLogins how many of those there are
 */
public record AdoptionView(
        LocalDate until,
        @Nullable Integer seats,
        @Nullable Integer activeUsers,
        @Nullable Integer licences,
        @Nullable Integer unused,
        @Nullable BigDecimal unusedArr,
        @Nullable String currency,
        @Nullable Integer stickiness,
        Breadth breadth,
        String segment,
        PeersSay peers,
        @Nullable Sessions sessions,
        List<FeatureAdoption> features,
        List<RoleUse> roles,
        List<LoginUse> logins,
        int logged,
        List<LoginUse> idle,
        int idleLogins,
        List<Milestone> milestones) {

    public static final int MOST_LOGINS = 50;
    public static final int MOST_IDLE = 50;

    /** Features used of those known, in all and by level. */
    public record Breadth(int used, int known, int basicUsed, int basic, int advancedUsed, int advanced) {}

    /** @param accounts that were compared */
    public record PeersSay(
            int accounts,
            @Nullable Integer licences,
            @Nullable Integer stickiness,
            @Nullable Integer breadth) {}

    /**
     * Without half an hour of silence inside; the length counts started five minutes.
     *
     * @param users who had any
     */
    public record Sessions(int sessions, int users, int minutes) {

        public double perUserAndWeek() {
            return sessions / 4.0 / users;
        }

        public int meanMinutes() {
            return Math.round((float) minutes / sessions);
        }
    }

    /**
     * @param share of the active users who used it; -1 when it was used, but nobody knows by how many
     * @param peers median of the segment
     */
    public record FeatureAdoption(
            String name,
            @Nullable String area,
            @Nullable String level,
            int share,
            int peers,
            @Nullable LocalDate firstUsedOn,
            @Nullable LocalDate lastUsedOn) {

        /** Peers use it, and here clearly fewer do. */
        public boolean behind() {
            return share >= 0 && peers >= 100 && share < peers / 2;
        }
    }

    /**
     * @param role of contacts; empty: logins that are no known contact
     * @param contacts still there who have the role
     * @param active logins of such contacts that were active
     */
    public record RoleUse(String role, int contacts, int active) {}

    /**
     * @param contact name of the person, when the login is a known contact
     * @param days active in 28
     * @param features used in 28 days; -1 where that was not looked up
     */
    public record LoginUse(
            String login, @Nullable String contact, List<String> roles, LocalDate lastSeen, int days, int features) {}

    /** @param days after the first contract or day as a customer; null when that is not known */
    public record Milestone(
            String text, LocalDate day, @Nullable Integer days) {}
}
