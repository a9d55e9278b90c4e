package io.perennial.metrics.areas;

import io.perennial.metrics.Question;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the figures of an area rest on: how many of the facts say what a figure needs, and what is not kept at all. A share of a
 * share that nobody tells looks like knowledge.
 */
@Component
public class AreaFacts {

    private final JdbcClient database;

    AreaFacts(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param what is counted
     * @param all of these facts in the period
     * @param known those that say it
     * @param url where the rest can be brought
     */
    public record Fact(String what, long known, long all, String url, String label) {

        public long percent() {
            return all == 0 ? 0 : 100 * known / all;
        }
    }

    /** @param sql gives what, known, everything, url and label */
    private record Kept(String sql, List<String> missing) {}

    private static final String OF_CASES = """
            select s.* from (
                select count(*) as solved, count(*) filter (where coalesce(c.cause, '') <> '') as caused, count(c.satisfaction) as answered,
                    count(*) filter (where metrics.number(c.attributes ->> 'handling_minutes') is not null
                        or exists (select from metrics.time_entry e where e.case_id = c.id)) as timed
                from cases.support_case c
                join accounts.account a on a.id = c.account_id and (cast(:owner as uuid) is null or a.owner_id = :owner)
                where c.resolved_at >= :from and c.resolved_at < :until and c.merged_into is null
            ) k cross join lateral (values %s) as s (what, known, everything, url, label)""";

    private static final String OF_CUSTOMERS = "with " + CustomerSql.LIVE + ",\n" + RiskSql.STANDING + """

            select s.* from (
                select count(*) as customers, count(h.score) as scored,
                    count(*) filter (where exists (select from engagement.touchpoint t where t.account_id = l.account_id
                        and t.conversation and t.at >= :from and t.at < :until and metrics.mood_of(t.sentiment) is not null)) as felt,
                    count(*) filter (where exists (select from engagement.touchpoint t where t.account_id = l.account_id)) as spoken,
                    count(a.owner_id) as owned,
                    count(*) filter (where exists (select from contracts.contract_line n where n.account_id = l.account_id
                        and n.kind in ('service', 'maintenance'))) as served,
                    count(*) filter (where exists (select from usage.account_day d where d.account_id = l.account_id)) as used,
                    count(*) filter (where exists (select from usage.adoption u where u.account_id = l.account_id
                        and u.seats > 0 and u.active_users is not null)) as seated,
                    count(*) filter (where exists (select from surveys.survey_response r where r.account_id = l.account_id
                        and r.kind = 'success')) as asked,
                    count(*) filter (where exists (select from success.plan p where p.account_id = l.account_id
                        and p.phase <> 'draft')) as planned
                from live l
                join accounts.account a on a.id = l.account_id and (cast(:owner as uuid) is null or a.owner_id = :owner)
                left join standing h on h.account_id = l.account_id
                where l.leads
            ) k cross join lateral (values %s) as s (what, known, everything, url, label)""";

    private static final Map<String, Kept> PAGES = Map.of(
            "defects",
            new Kept(
                    OF_CASES.formatted("""
                            ('solved cases say why they came up', caused, solved, '/defects', 'Defects and causes'),
                            ('solved cases have an answer of the customer', answered, solved, '/imports', 'Bring answers'),
                            ('solved cases say how long they took', timed, solved, '/imports', 'Bring time entries')"""),
                    List.of(
                            "What engineering spends on a fix, and what was credited: neither is recorded with a case, so the cost of"
                                    + " defects is that of service alone. The calculator adds both.",
                            "Defects that nobody reported: what monitoring or tests find is no customer-reported issue, and is not"
                                    + " counted.")),
            "health",
            new Kept(
                    OF_CUSTOMERS.formatted("""
                            ('customers have a health score', scored, customers, '/health', 'Open health'),
                            ('customers were spoken with by somebody who says how they felt', felt, customers, '/accounts', 'Log how it went')"""),
                    List.of(
                            "Which customers look at another vendor: nobody knows that of all of them. A mood and signals stand in.")),
            "sales",
            new Kept(
                    OF_CUSTOMERS.formatted("""
                            ('customers ever had a line of service or maintenance', served, customers, '/imports', 'Bring contract lines')"""),
                    List.of(
                            "A success plan that nobody bought is no service sold: customers with a plan but without a service contract are not counted.")),
            "engagement",
            new Kept(
                    OF_CUSTOMERS.formatted("""
                            ('customers have any touchpoint on record', spoken, customers, '/imports', 'Bring touchpoints'),
                            ('customers were spoken with by somebody who says how they felt', felt, customers, '/accounts', 'Log how it went'),
                            ('customers have a health score', scored, customers, '/health', 'Open health')"""),
                    List.of(
                            "Self-help is a dialogue too: who reads which article, and communities, are not known by customer until they"
                                    + " sign in to a portal.",
                            "Meetings of calendars that nobody logs.",
                            "The correlation with the part of health that weighs engagement taken out.")),
            "profitability",
            new Kept(
                    OF_CASES.formatted("""
                            ('solved cases say how long they took', timed, solved, '/imports', 'Bring time entries')""") + "\nunion all\n" + "select * from (" + OF_CUSTOMERS.formatted("""
                            ('customers ever had a line of service or maintenance', served, customers, '/imports', 'Bring contract lines'),
                            ('customers have an owner', owned, customers, '/accounts', 'Give them owners')""") + ") c",
                    List.of(
                            "Revenue as recognised by accounting: direct revenue is contracted revenue.",
                            "A comparison group chosen by chance, which alone would tell what service causes.")),
            "critical",
            new Kept(
                    OF_CUSTOMERS.formatted("""
                            ('customers have any use on record', used, customers, '/imports', 'Bring usage'),
                            ('customers have known licences and users', seated, customers, '/imports', 'Bring contract lines'),
                            ('customers ever said what the product did for them', asked, customers, '/imports', 'Bring survey responses'),
                            ('customers have a success plan', planned, customers, '/success-plans?look=none', 'Begin plans')"""),
                    List.of(
                            "Onboarding by milestones is not among these figures. What outcomes are worth is what success plans state, not measured.",
                            "Who is entitled to which feature: features are held against all active users.")));

    /** In their order; empty for a page without. */
    @Transactional(readOnly = true)
    public List<Fact> of(String page, Question question) {
        Kept kept = PAGES.get(page);
        return kept == null
                ? List.of()
                : CustomerSql.statement(database, kept.sql(), question)
                        .query((row, number) -> new Fact(
                                row.getString("what"),
                                row.getLong("known"),
                                row.getLong("everything"),
                                row.getString("url"),
                                row.getString("label")))
                        .list();
    }

    /** What is not kept, in sentences. */
    public static List<String> missing(String page) {
        Kept kept = PAGES.get(page);
        return kept == null ? List.of() : Objects.requireNonNull(kept).missing();
    }
}
