package io.perennial.cancellations;

import io.perennial.metrics.Interval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many of the customers whom somebody tried to keep were kept. One customer counts once, with the last decided attempt of the
 * period; what is open is not in it. A save counts as one only when revenue still ran on the day of the check.
 */
@Component
@Transactional(readOnly = true)
public class SaveRate {

    private final JdbcClient database;
    private final LeavingRules rules;

    SaveRate(JdbcClient database, LeavingRules rules) {
        this.database = database;
        this.rules = rules;
    }

    /**
     * Customers by what became of the attempt.
     *
     * @param kept said saved, and still there on the day of the check
     * @param lostLater said saved, and gone by then
     * @param lost said lost
     * @param notYet said saved, the day of the check has not come
     * @param noFacts said saved, no contract lines to check it by
     */
    public record Tally(String name, long kept, long lostLater, long lost, long notYet, long noFacts) {

        /** Customers whose outcome is known from facts. */
        public long checked() {
            return kept + lostLater + lost;
        }

        public long saidSaved() {
            return kept + lostLater + notYet + noFacts;
        }

        public long decided() {
            return saidSaved() + lost;
        }

        /** In percent, checked by facts; null when nothing was checked. */
        public @Nullable Double percent() {
            return checked() == 0 ? null : 100.0 * kept / checked();
        }

        /** In percent, as colleagues said. */
        public @Nullable Double saidPercent() {
            return decided() == 0 ? null : 100.0 * saidSaved() / decided();
        }

        public boolean isSmall() {
            return checked() < LossFigures.SMALL;
        }

        /** {@code 95 % interval 21 to 64 %}; empty when nothing was checked. */
        public String interval() {
            if (checked() == 0) {
                return "";
            }
            Interval range = Wilson.percent(kept, checked());
            return "95 % interval " + Math.round(range.from().doubleValue()) + " to "
                    + Math.round(range.to().doubleValue()) + " %";
        }
    }

    /** @param offers by offer, the most attempts first */
    public record Figures(Tally total, List<Tally> offers, int keptDays) {}

    /** One decided attempt with its verdict. */
    public record Verdict(
            UUID account,
            String name,
            String offer,
            @Nullable String member,
            LocalDate madeOn,
            LocalDate decidedOn,
            String verdict) {

        public String words() {
            return switch (verdict) {
                case "kept" -> "kept";
                case "lost_later" -> "said saved, gone since";
                case "lost" -> "lost";
                case "not_yet" -> "said saved, check to come";
                default -> "said saved, no contract lines to check";
            };
        }

        public @Nullable String tone() {
            return switch (verdict) {
                case "kept" -> "healthy";
                case "lost", "lost_later" -> "at-risk";
                default -> null;
            };
        }
    }

    private static final String COUNTS = """
            count(*) filter (where s.verdict = 'kept') as kept, count(*) filter (where s.verdict = 'lost_later') as lost_later,
            count(*) filter (where s.verdict = 'lost') as lost, count(*) filter (where s.verdict = 'not_yet') as not_yet,
            count(*) filter (where s.verdict = 'no_facts') as no_facts
            from cancellations.saves(:from, :until, :days, :today) s join accounts.account a on a.id = s.account_id
            where (cast(:owner as uuid) is null or a.owner_id = :owner)
            """;

    public Figures figures(LossQuestion question) {
        int days = rules.rules().keptDays();
        List<Tally> offers = new ArrayList<>();
        Tally[] total = {new Tally("", 0, 0, 0, 0, 0)};
        asked(
                        "select s.offer, grouping(s.offer) as whole, count(*) as n, " + COUNTS
                                + " group by grouping sets ((), (s.offer)) order by whole desc, n desc, s.offer limit 60",
                        question,
                        days)
                .query(row -> {
                    Tally tally = new Tally(
                            row.getInt("whole") == 1 ? "" : row.getString("offer"),
                            row.getLong("kept"),
                            row.getLong("lost_later"),
                            row.getLong("lost"),
                            row.getLong("not_yet"),
                            row.getLong("no_facts"));
                    if (row.getInt("whole") == 1) {
                        total[0] = tally;
                    } else {
                        offers.add(tally);
                    }
                });
        return new Figures(total[0], offers, days);
    }

    /** The customers behind it, latest decision first. */
    public List<Verdict> verdicts(LossQuestion question, String offer, int page) {
        int days = rules.rules().keptDays();
        return asked("""
                select s.*, a.name, m.name as member
                from cancellations.saves(:from, :until, :days, :today) s join accounts.account a on a.id = s.account_id
                left join identity.team_member m on m.id = s.member_id
                where (cast(:owner as uuid) is null or a.owner_id = :owner) and (:offer = '' or s.offer = :offer)
                order by s.decided_on desc, s.account_id limit :limit offset :offset
                """, question, days)
                .param("offer", offer)
                .param("limit", Losses.PAGE)
                .param("offset", (page - 1) * Losses.PAGE)
                .query((row, number) -> new Verdict(
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        row.getString("offer"),
                        row.getString("member"),
                        row.getObject("made_on", LocalDate.class),
                        row.getObject("decided_on", LocalDate.class),
                        row.getString("verdict")))
                .list();
    }

    private JdbcClient.StatementSpec asked(String sql, LossQuestion question, int days) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", question.today())
                .param("days", days)
                .param("owner", question.owner());
    }
}
