package io.perennial.growth.expansion;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Opens, renews and closes the signals of some accounts, one statement for each rule. What somebody decided stays quiet until its
 * cause has gone; a customer who is held back keeps no open signal, and what is decided about them waits.
 */
@Component
class Settling {

    private static final String SETTLE = """
            , finished as (
                update growth.expansion_signal s set
                    state = case when s.state = 'open' then 'closed' else s.state end,
                    closed_at = case when s.state = 'open' then :now else s.closed_at end,
                    closed_because = case when s.state = 'open' then coalesce(
                        (select f.why from found f where f.account_id = s.account_id and f.subject = s.subject),
                        a.held, 'What it rested on is gone.') else s.closed_because end,
                    cause_gone = true
                from asked a
                where s.account_id = a.account_id and s.kind = :kind
                  and (s.state = 'open' or s.state in ('accepted', 'dismissed') and not s.cause_gone and a.held is null)
                  and not (a.silent and :from_use and a.held is null)
                  and not exists (
                    select from found f where f.account_id = s.account_id and f.subject = s.subject and f.stays)
                returning s.state
            ), renewed as (
                update growth.expansion_signal s set low = f.low, amount = f.amount, high = f.high,
                    currency = case when f.amount is not null then f.currency end,
                    confidence = f.confidence, facts = f.facts, renewed_at = :now,
                    worth = coalesce(f.amount / coalesce((select r.units from contracts.exchange_rate r
                        where r.currency = f.currency), 1), 0)
                from found f
                where s.account_id = f.account_id and s.kind = :kind and s.subject = f.subject and s.state = 'open' and f.stays
                  and (s.facts, s.amount, s.confidence) is distinct from (f.facts, f.amount, f.confidence::smallint)
            ), opened as (
                insert into growth.expansion_signal (id, account_id, kind, subject, state, low, amount, high, currency, worth,
                    confidence, facts, opened_at, renewed_at)
                select gen_random_uuid(), f.account_id, :kind, f.subject, 'open', f.low, f.amount, f.high,
                    case when f.amount is not null then f.currency end,
                    coalesce(f.amount / coalesce(r.units, 1), 0), f.confidence, f.facts, cast(:now as timestamptz), cast(:now as timestamptz)
                from found f
                left join contracts.exchange_rate r on r.currency = f.currency
                where f.opens and not exists (
                    select from growth.expansion_signal s
                    where s.account_id = f.account_id and s.kind = :kind and s.subject = f.subject
                      and (s.state = 'open' or s.state in ('accepted', 'dismissed') and not s.cause_gone))
                on conflict do nothing
                returning 1
            )
            select (select count(*) from opened) as opened, (select count(*) from finished where state = 'closed') as closed""";

    private final JdbcClient database;

    Settling(JdbcClient database) {
        this.database = database;
    }

    record Settled(int opened, int closed) {

        Settled and(Settled other) {
            return new Settled(opened + other.opened, closed + other.closed);
        }
    }

    Settled settle(UUID[] accounts, ExpansionKind kind, Instant now) {
        return database.sql("with " + ExpansionRules.ASKED + ",\n" + ExpansionRules.of(kind) + SETTLE)
                .param("accounts", accounts)
                .param("kind", kind.key())
                .param("from_use", kind.fromUse())
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .param("now", Timestamp.from(now))
                .params(ExpansionLimits.parameters())
                .query((row, number) -> new Settled(row.getInt("opened"), row.getInt("closed")))
                .single();
    }
}
