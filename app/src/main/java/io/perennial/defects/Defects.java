package io.perennial.defects;

import io.perennial.accounts.AccountIds;
import io.perennial.defects.Affected.Reach;
import io.perennial.defects.Pareto.By;
import io.perennial.defects.Pareto.Of;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of defects, to be read. Everybody sees the defects; accounts and revenue are those of the viewer's portfolio. */
@Component
public class Defects {

    /** More are not listed; the page says so. */
    public static final int MOST = 500;

    private final JdbcClient database;
    private final DefectRows rows;
    private final Affected affected;
    private final Costs costs;
    private final Clock clock;

    Defects(JdbcClient database, DefectRows rows, Affected affected, Costs costs, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.affected = affected;
        this.costs = costs;
        this.clock = clock;
    }

    /** A case of a defect. */
    public record LinkedCase(
            UUID id,
            long number,
            String subject,
            String state,
            AccountId account,
            String company,
            @Nullable UUID contact,
            @Nullable String asker,
            boolean asked,
            Instant openedAt) {}

    public Optional<Defect> find(UUID id) {
        return rows.find(id);
    }

    public Optional<Defect> numbered(long number) {
        return rows.numbered(number);
    }

    /** The defect that a case has. */
    public Optional<Defect> ofCase(UUID caseId) {
        return database.sql("select d.* from defects.case_link l join defects.defect d on d.id = l.defect_id"
                        + " where l.case_id = :case")
                .param("case", caseId)
                .query(DefectRows::defect)
                .optional();
    }

    /** Worst first, at most {@link #MOST}. */
    public List<DefectEntry> list(DefectFilter filter, Viewer viewer) {
        return entries(matching(filter, MOST), viewer);
    }

    public List<DefectEntry> entries(List<Defect> defects, Viewer viewer) {
        List<UUID> ids = defects.stream().map(Defect::id).toList();
        Map<UUID, String> each = new HashMap<>();
        ids.forEach(id -> each.put(id, id.toString()));
        Map<String, Reach> reach = affected.reach(ids, each, viewer);
        Map<UUID, long[]> cases = cases(ids);
        Map<UUID, Costs.Cost> cost = costs.of(defects);
        List<DefectEntry> entries = new ArrayList<>();
        for (Defect defect : defects) {
            long[] count = cases.getOrDefault(defect.id(), new long[2]);
            entries.add(new DefectEntry(
                    defect,
                    count[0],
                    count[1],
                    reach.getOrDefault(defect.id().toString(), Reach.NONE),
                    cost.getOrDefault(defect.id(), Costs.Cost.none(""))));
        }
        return entries;
    }

    public List<Defect> matching(DefectFilter filter, int most) {
        return database.sql("""
                select * from defects.defect d
                where (:words = '' or lower(d.title) like :pattern or lower('d-' || d.number) = lower(:words)
                    or lower(coalesce(d.feature, '')) like :pattern)
                  and (case :state when 'all' then true when '' then d.settled_at is null when 'open' then d.settled_at is null
                    else d.state = :state end)
                  and (:severity = '' or d.severity = :severity)
                  and (:product = '' or lower(coalesce(d.product, '')) = lower(:product))
                  and (:cause = '' or coalesce(d.cause, '') = case :cause when 'unknown' then '' else :cause end)
                order by d.settled_at is not null, array_position(array['critical', 'major', 'minor', 'cosmetic'], d.severity),
                    d.found_at desc, d.id
                limit :most
                """)
                .param("words", filter.words())
                .param("pattern", filter.pattern())
                .param("state", filter.state())
                .param("severity", filter.severity())
                .param("product", filter.product())
                .param("cause", filter.cause())
                .param("most", most)
                .query(DefectRows::defect)
                .list();
    }

    /** Names of products that defects or contract lines have. */
    public List<String> products() {
        return database.sql("""
                select name from (select min(product) as name from contracts.contract_line group by lower(product)
                    union select min(product) from defects.defect where product is not null group by lower(product)) p
                order by lower(name) limit 200
                """).query((row, number) -> row.getString(1)).list();
    }

    public List<String> segments() {
        return database.sql(
                        "select distinct segment from accounts.account where segment is not null order by 1 limit 200")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** What a case says about its subject and who asked. */
    public record AboutCase(
            String subject,
            String product,
            @Nullable UUID contact,
            @Nullable String asker) {

        /** As the end of an address that begins a defect with them. */
        public String query() {
            return "&title=" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "&product="
                    + URLEncoder.encode(product, StandardCharsets.UTF_8);
        }
    }

    /** Of a case that the viewer may see. */
    public AboutCase aboutCase(UUID caseId) {
        return database.sql("""
                select coalesce(c.subject, ''), coalesce(c.product, ''), p.id, p.name
                from cases.support_case c left join accounts.contact p on p.id = c.contact_id where c.id = :id
                """)
                .param("id", caseId)
                .query((row, number) -> new AboutCase(
                        row.getString(1), row.getString(2), row.getObject(3, UUID.class), row.getString(4)))
                .optional()
                .orElse(new AboutCase("", "", null, null));
    }

    /** Latest first, at most 200. */
    public List<LinkedCase> cases(UUID defect, Viewer viewer) {
        return database.sql("""
                select c.id, c.number, coalesce(c.subject, 'Case ' || c.number) as subject, c.state, a.id as account,
                    a.name as company, c.contact_id, p.name as asker, c.opened_at,
                    exists (select from defects.asked s where s.defect_id = l.defect_id and s.contact_id = c.contact_id) as asked
                from defects.case_link l join cases.support_case c on c.id = l.case_id
                join accounts.account a on a.id = c.account_id
                left join accounts.contact p on p.id = c.contact_id
                where l.defect_id = :defect and (:everything or a.owner_id = :me)
                order by c.opened_at desc, c.id limit 200
                """)
                .param("defect", defect)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new LinkedCase(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        row.getString("subject"),
                        row.getString("state"),
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getString("company"),
                        row.getObject("contact_id", UUID.class),
                        row.getString("asker"),
                        row.getBoolean("asked"),
                        row.getTimestamp("opened_at").toInstant()))
                .list();
    }

    /** Open ones that hit an account, worst first, and those settled within the last 30 days. */
    public List<Defect> of(AccountId account) {
        Instant lately = clock.instant().minus(Duration.ofDays(30));
        List<UUID> candidates = database.sql(
                        "select id from defects.defect where settled_at is null or settled_at > :lately")
                .param("lately", Timestamp.from(lately))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (candidates.isEmpty()) {
            return List.of();
        }
        return database.sql("with " + Affected.ACCOUNTS + """
                select d.* from defects.defect d join affected f on f.defect_id = d.id
                where f.account_id = any(:accounts)
                order by d.settled_at is not null, array_position(array['critical', 'major', 'minor', 'cosmetic'], d.severity),
                    d.found_at desc
                limit 50
                """)
                .param("defects", candidates.toArray(UUID[]::new))
                .param("today", LocalDate.ofInstant(clock.instant(), clock.getZone()))
                .param("accounts", AccountIds.array(List.of(account)))
                .query(DefectRows::defect)
                .list();
    }

    /** Open defects that a case may be about: those with words of its subject first, then the latest. */
    public List<Defect> suggestions(String words, int most) {
        String plain = words.replace("\0", "").strip();
        String cut = plain.length() > 200 ? plain.substring(0, 200) : plain;
        return database.sql("""
                select d.* from defects.defect d
                where :words = '' and d.settled_at is null
                   or :words <> '' and (lower(d.title) like :pattern or lower('d-' || d.number) = lower(:words)
                      or public.similarity(lower(d.title), lower(:words)) >= 0.15)
                order by d.settled_at is not null,
                    case when lower('d-' || d.number) = lower(:words) then 2
                        else public.similarity(lower(d.title), lower(:words)) end desc, d.found_at desc
                limit :most
                """)
                .param("words", cut)
                .param("pattern", "%" + cut.toLowerCase(Locale.ROOT).replaceAll("([%_\\\\])", "\\\\$1") + "%")
                .param("most", most)
                .query(DefectRows::defect)
                .list();
    }

    private Map<UUID, long[]> cases(List<UUID> defects) {
        Map<UUID, long[]> cases = new HashMap<>();
        database.sql("""
                select l.defect_id, count(*), count(*) filter (where c.state in ('open', 'waiting', 'on-hold'))
                from defects.case_link l join cases.support_case c on c.id = l.case_id
                where l.defect_id = any(:defects) and c.merged_into is null group by 1
                """).param("defects", defects.toArray(UUID[]::new)).query(row -> {
            cases.put(row.getObject(1, UUID.class), new long[] {row.getLong(2), row.getLong(3)});
        });
        return cases;
    }

    /** @param currency of amounts; the largest one when empty */
    public Pareto pareto(List<DefectEntry> entries, Of of, By by, String currency, List<Cause> causes, Viewer viewer) {
        Map<UUID, String> grouping = new HashMap<>();
        entries.forEach(entry -> grouping.put(entry.defect().id(), by.key(entry.defect())));
        Map<String, Reach> reach = of == Of.REVENUE
                ? affected.reach(
                        entries.stream().map(entry -> entry.defect().id()).toList(), grouping, viewer)
                : Map.of();
        return Pareto.of(entries, of, by, currency, reach, causes);
    }
}
