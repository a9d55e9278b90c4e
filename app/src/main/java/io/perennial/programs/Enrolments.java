package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.Changes;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which version an account bought. A contract that names a program, itself or in a line, buys the version that was valid when
 * that began, or the first one where it began earlier, and keeps it: a version published later changes nothing.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Enrolments {

    private final JdbcClient database;
    private final Terms terms;
    private final Changes changes;
    private final Clock clock;

    Enrolments(JdbcClient database, Terms terms, Changes changes, Clock clock) {
        this.database = database;
        this.terms = terms;
        this.changes = changes;
        this.clock = clock;
    }

    /** Reads the contracts of these accounts again, and grants or corrects what follows. */
    void derive(Collection<AccountId> named, Actor actor) {
        if (named.isEmpty()) {
            return;
        }
        Set<AccountId> accounts = new HashSet<>(named);
        accounts.addAll(formerOwners(named));
        terms.lock(accounts);
        int gone =
                database.sql(GONE).param("accounts", AccountIds.array(accounts)).update();
        int changed = database.sql(DERIVE)
                .param("accounts", AccountIds.array(accounts))
                .update();
        if (gone + changed > 0) {
            renew(accounts, actor);
        }
    }

    /** Accounts that had one of these accounts' contracts before. */
    private List<AccountId> formerOwners(Collection<AccountId> accounts) {
        return database.sql("""
                select distinct e.account_id from contracts.contract c
                join programs.enrolment e on e.contract_id = c.id and e.account_id <> c.account_id
                where c.account_id = any(:accounts) and e.bought_version_id is not null
                """)
                .param("accounts", AccountIds.array(accounts))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Reads every contract again that names this program, such as when its first version came. */
    void deriveAll(UUID program, Actor actor) {
        List<AccountId> accounts = database.sql("""
                select distinct account_id from programs.named where program_id = :program order by 1
                """)
                .param("program", program)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        derive(accounts, actor);
    }

    /** Takes a version from all that bought it, under the lock of their accounts. @return these accounts */
    List<AccountId> release(UUID version) {
        List<AccountId> accounts = database.sql("""
                select distinct account_id from programs.enrolment where bought_version_id = :version order by 1
                """)
                .param("version", version)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        terms.lock(accounts);
        database.sql("update programs.enrolment set bought_version_id = null where bought_version_id = :version")
                .param("version", version)
                .update();
        return accounts;
    }

    /** After a person changed an enrolment. */
    void renew(Collection<AccountId> accounts, Actor actor) {
        terms.renew(accounts, clock.instant(), actor);
        terms.expire(accounts, clock.instant());
        changes.mark(accounts);
    }

    /** The contract is gone, or does not name a program any more: what it bought is void, what was used stays. */
    private static final String GONE = """
            update programs.enrolment e set bought_version_id = null, sold_as = null
            where e.account_id = any(:accounts) and e.contract_id is not null and e.bought_version_id is not null
              and not exists (select from programs.sold s
                  where s.contract_id = e.contract_id and s.account_id = e.account_id)
            """;

    private static final String DERIVE = """
            with bought as (
                select s.*, (
                    select v.id from programs.version v
                    where v.program_id = s.program_id and v.published_at is not null
                    order by v.valid_from <= s.starts_on desc,
                             case when v.valid_from <= s.starts_on then v.number end desc, v.number
                    limit 1) as version_id
                from programs.sold_of(:accounts) s
            )
            insert into programs.enrolment as e
                (id, account_id, contract_id, sold_as, bought_version_id, starts_on, ends_on)
            select gen_random_uuid(), account_id, contract_id, sold_as, version_id, starts_on, ends_on
            from bought where version_id is not null and (ends_on is null or ends_on > starts_on)
            on conflict (contract_id, account_id) do update
            set sold_as = excluded.sold_as, starts_on = excluded.starts_on,
                ends_on = excluded.ends_on,
                bought_version_id = case when e.bought_version_id is not null and e.sold_as = excluded.sold_as
                    and e.starts_on = excluded.starts_on then e.bought_version_id else excluded.bought_version_id end
            where e.bought_version_id is null
               or (e.sold_as, e.starts_on) is distinct from (excluded.sold_as, excluded.starts_on)
               or e.ends_on is distinct from excluded.ends_on
            """;
}
