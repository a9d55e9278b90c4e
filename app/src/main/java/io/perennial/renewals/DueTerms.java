package io.perennial.renewals;

import io.perennial.platform.live.Live;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps one renewal for each term that ends on an agreed day, from its first day on; of what renews itself also for each term that began by
 * itself. What it writes follows from contracts and the day alone: keeping
 * again changes nothing. Terms of at most a month have no renewal, open ones neither: nothing of theirs is due.
 *
 * <p>A term is known by its contract (or its line without one), its currency and its due day. When a due day is corrected by
 * less than {@value #CORRECTED_DAYS} days the renewal moves with it, with everything that people said about it; otherwise the
 * old one is taken away, or kept as withdrawn when people had begun to work on it.
 */
@Component
public class DueTerms {

    /** Two that keep the same account would write the same rows. */
    private static final long LOCK = 0x7265_6e65_7761_6c73L;

    private static final int CORRECTED_DAYS = 120;

    /** In the words of the mission: at least 60 days before. */
    private static final int NOTICE_DAYS = 60;

    private static final int LONGEST_WITHOUT = 31;

    private static final String KEEP = """
            with term as (
                select l.account_id, l.unit, l.contract_id, l.currency, l.due_on, min(l.product) filter (where l.runs) as product,
                    (count(distinct l.product) filter (where l.runs))::int as products,
                    sum(l.annual) filter (where l.runs) as annual,
                    sum(l.annual * (1 + coalesce(w.uplift, 0))) filter (where l.runs) as agreed,
                    min(l.starts_on) as starts_on,
                    bool_and(l.by_itself or coalesce(w.auto_renew, c.auto_renew, false)) filter (where l.runs) as automatic,
                    max(greatest(coalesce(c.notice_days, 0), :notice)) as notice_days
                from renewals.due_lines(cast(:accounts as uuid[]), :today) l
                join contracts.contract_line w on w.id = l.line_id
                left join contracts.contract c on c.id = l.contract_id
                group by l.account_id, l.unit, l.contract_id, l.currency, l.due_on
                having sum(l.annual) filter (where l.runs) > 0
            ), fate as ( -- lines without a contract that say the same have the same fate
                select r.account_id, r.currency, r.due_on, r.contract_id,
                    case when r.contract_id is null then r.product end as product,
                    case when r.contract_id is null then r.annual end as annual,
                    case when r.contract_id is null then r.starts_on end as starts_on,
                    min(r.renewed_on) as renewed_on, min(r.outcome) as outcome
                from contracts.renewals_of(cast(:accounts as uuid[]), :today) r
                group by 1, 2, 3, 4, 5, 6, 7
            ), fresh as materialized (
                select t.*, greatest(t.starts_on, t.due_on - t.notice_days) as notice_on, f.renewed_on,
                    case coalesce(f.outcome, 'pending') when 'pending' then 'open' else f.outcome end as outcome
                from term t
                left join fate f on f.account_id = t.account_id and f.currency = t.currency and f.due_on = t.due_on
                  and (f.contract_id = t.contract_id
                    or t.contract_id is null and f.contract_id is null and f.product = t.product
                        and f.annual = t.annual and f.starts_on = t.starts_on)
                where t.due_on - t.starts_on > :longest
            ), kept as materialized (
                select id, unit, currency, due_on from renewals.renewal where account_id = any(cast(:accounts as uuid[]))
            ), same as (
                select k.id, f.unit, f.currency, f.due_on
                from kept k join fresh f on f.unit = k.unit and f.currency = k.currency and f.due_on = k.due_on
            ), before as (
                select k.id, k.unit, k.currency, k.due_on,
                    row_number() over (partition by k.unit, k.currency order by k.due_on) as place
                from kept k where not exists (select from same s where s.id = k.id)
            ), after as (
                select f.unit, f.currency, f.due_on,
                    row_number() over (partition by f.unit, f.currency order by f.due_on) as place
                from fresh f
                where not exists (
                    select from same s where s.unit = f.unit and s.currency = f.currency and s.due_on = f.due_on)
            ), matched as materialized (
                select id, unit, currency, due_on from same
                union all
                select b.id, a.unit, a.currency, a.due_on
                from before b join after a on a.unit = b.unit and a.currency = b.currency and a.place = b.place
                where abs(a.due_on - b.due_on) < :corrected
            ), restated as (
                update renewals.renewal r set account_id = f.account_id, contract_id = f.contract_id, product = f.product,
                    products = f.products, annual = f.annual, agreed = f.agreed, starts_on = f.starts_on, due_on = f.due_on,
                    automatic = f.automatic, notice_on = f.notice_on, renewed_on = f.renewed_on, outcome = f.outcome,
                    kept_at = :now
                from matched m join fresh f on f.unit = m.unit and f.currency = m.currency and f.due_on = m.due_on
                where r.id = m.id
                  and (r.account_id, r.contract_id, r.product, r.products, r.annual, r.agreed, r.starts_on, r.due_on,
                        r.automatic, r.notice_on, r.renewed_on, r.outcome)
                    is distinct from (f.account_id, f.contract_id, f.product, f.products, f.annual, f.agreed, f.starts_on,
                        f.due_on, f.automatic, f.notice_on, f.renewed_on, f.outcome)
            ), begun as (
                insert into renewals.renewal (id, account_id, unit, contract_id, product, products, currency, annual, agreed,
                    starts_on, due_on, automatic, notice_on, renewed_on, outcome, kept_at)
                select gen_random_uuid(), f.account_id, f.unit, f.contract_id, f.product, f.products, f.currency, f.annual,
                    f.agreed, f.starts_on, f.due_on, f.automatic, f.notice_on, f.renewed_on, f.outcome, :now
                from fresh f
                where not exists (
                    select from matched m where m.unit = f.unit and m.currency = f.currency and m.due_on = f.due_on)
            ), gone as (
                select k.id, exists (select from renewals.event e where e.renewal_id = k.id) as worked_on
                from kept k where not exists (select from matched m where m.id = k.id)
            ), withdrawn as (
                update renewals.renewal r set outcome = 'withdrawn', renewed_on = null, kept_at = :now
                from gone g where r.id = g.id and g.worked_on and r.outcome <> 'withdrawn'
            )
            delete from renewals.renewal r using gone g where r.id = g.id and not g.worked_on
            """;

    private final JdbcClient database;
    private final Live live;
    private final Clock clock;

    DueTerms(JdbcClient database, Live live, Clock clock) {
        this.database = database;
        this.live = live;
        this.clock = clock;
    }

    /**
     * Reads the terms of accounts again that changed, or of which the day changed something.
     *
     * @param most accounts at once
     * @return how many were read; zero when nothing is left, or when somebody else is at it
     */
    @Transactional
    public int keep(int most) {
        if (!database.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single()) {
            return 0;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        look(today);
        String[] changed = database.sql("""
                with next as (select distinct account_id from renewals.changed order by 1 limit :most),
                gone as (delete from renewals.changed c using next where c.account_id = next.account_id
                    returning c.account_id)
                , family as ( -- terms of an account that became part of another are the other's
                    select distinct coalesce(m.root, g.account_id) as root
                    from gone g left join contracts.merged m on m.account_id = g.account_id
                )
                select root from family
                union select account_id from gone
                union select m.account_id from contracts.merged m join family f on f.root = m.root
                """)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class).toString())
                .list()
                .toArray(String[]::new);
        if (changed.length > 0) {
            database.sql(KEEP)
                    .param("accounts", changed)
                    .param("today", today)
                    .param("notice", NOTICE_DAYS)
                    .param("longest", LONGEST_WITHOUT)
                    .param("corrected", CORRECTED_DAYS)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            live.changed("renewals");
        }
        return changed.length;
    }

    /** Everything that waits, as the loop would. */
    public void keepAll() {
        while (keep(2_000) > 0) {
            // each batch is committed by itself when nobody holds a transaction around it
        }
    }

    /** A term falls due, a grace ends, a notice of loss takes effect: days say that, not facts. */
    private void look(LocalDate today) {
        LocalDate last = database.sql("select day from renewals.looked")
                .query(LocalDate.class)
                .optional()
                .orElse(today.minusYears(100));
        if (last.equals(today)) {
            return;
        }
        database.sql("""
                insert into renewals.changed
                select account_id from renewals.renewal where outcome in ('open', 'lapsed') and due_on <= :today
                union
                select account_id from contracts.contract_line
                where scheduled_ends_on is not null and ends_on > :last and ends_on <= :today
                union
                select account_id from contracts.cancellation where cancelled_on > :last and cancelled_on <= :today
                """).param("today", today).param("last", last).update();
        database.sql("""
                insert into renewals.looked (day) values (:today) on conflict (only_one) do update set day = excluded.day
                """).param("today", today).update();
    }
}
