package io.perennial.contracts;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.Records.Formats;
import io.perennial.platform.records.Records.Write;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes an account part of another, through the door of all records: one change that can be undone. No fact moves; who became part of
 * another is asked for wherever revenue is read.
 */
@Component
public class Mergers {

    public static final int MOST = 20;

    private static final String TYPE = "account-mergers";

    private final JdbcClient database;
    private final Records records;
    private final Accounts accounts;

    Mergers(JdbcClient database, Records records, Accounts accounts) {
        this.database = database;
        this.records = records;
        this.accounts = accounts;
    }

    /** An account that another could become part of. */
    public record Candidate(
            UUID id,
            String externalId,
            String name,
            @Nullable String segment) {}

    /**
     * What counts as an account's own, with everybody who became part of it.
     *
     * @param annual a year's revenue on the day, by currency
     * @param terms that end on a day to come
     */
    public record Side(AccountCard account, Map<String, BigDecimal> annual, long contracts, long lines, long terms) {}

    /** @param annual of both together afterwards */
    public record Preview(Side one, Side other, Map<String, BigDecimal> annual) {}

    /** What cannot be done, as a sentence. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    public static boolean mayMerge(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** Those whose name or identity has the words, by name; who is part of another already is none, and nobody of the own family. */
    public List<Candidate> candidates(AccountId account, String words, Viewer viewer) {
        String like = "%" + words.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return database.sql("""
                select a.id, a.external_id, a.name, a.segment from accounts.account a
                where (a.name ilike :like or a.external_id ilike :like) and a.id <> :account
                  and (:everything or a.owner_id = :member)
                  and a.id not in (select m.account_id from contracts.account_merger m)
                order by lower(a.name), a.id limit :most
                """)
                .param("like", like)
                .param("account", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", MOST)
                .query((row, number) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("external_id"),
                        row.getString("name"),
                        row.getString("segment")))
                .list();
    }

    /** @throws NoSuchElementException when one of them is not in the viewer's portfolio */
    public Preview preview(AccountId account, AccountId into, LocalDate today, Viewer viewer) {
        Side one = side(account, today, viewer);
        Side other = side(into, today, viewer);
        Map<String, BigDecimal> both = new TreeMap<>(one.annual());
        other.annual().forEach((currency, amount) -> both.merge(currency, amount, BigDecimal::add));
        return new Preview(one, other, both);
    }

    private Side side(AccountId account, LocalDate today, Viewer viewer) {
        AccountCard card = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        Map<String, BigDecimal> annual = new TreeMap<>();
        database.sql("""
                select v.currency, sum(v.annual) as annual
                from contracts.levels(array[cast(:account as uuid)], contracts.grace_days()) v
                where v.from_day <= :today and v.until_day > :today group by 1
                """)
                .param("account", account.value())
                .param("today", today)
                .query(row -> {
                    annual.put(row.getString(1), row.getBigDecimal(2));
                });
        return database.sql("""
                with own as (select m.account_id from contracts.members(array[cast(:account as uuid)]) m)
                select (select count(*) from contracts.contract c join own o on o.account_id = c.account_id) as contracts,
                    (select count(*) from contracts.contract_line l join own o on o.account_id = l.account_id) as lines,
                    (select count(*) from contracts.terms(array[cast(:account as uuid)]) t where t.due_on > :today) as terms
                """)
                .param("account", account.value())
                .param("today", today)
                .query((row, number) ->
                        new Side(card, annual, row.getLong("contracts"), row.getLong("lines"), row.getLong("terms")))
                .single();
    }

    /**
     * @param note why; may be empty
     * @return the change, for undo
     * @throws Refused with the reason, nothing is written then
     * @throws NoSuchElementException when one of them is not in the viewer's portfolio
     */
    @Transactional
    public UUID merge(AccountId account, AccountId into, LocalDate day, String note, Viewer viewer) {
        if (!mayMerge(viewer)) {
            throw new AccessDeniedException("Leaders say which accounts became one.");
        }
        AccountCard one = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        AccountCard other = accounts.find(into, viewer).orElseThrow(NoSuchElementException::new);
        if (account.equals(into)) {
            throw new Refused("An account is part of itself already. Choose another one.");
        }
        if (isPart(account)) {
            throw new Refused(one.name() + " is part of another account already. Take that back first.");
        }
        if (isPart(into)) {
            throw new Refused(
                    other.name() + " is part of another account itself. Choose the one that it became part of.");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", one.externalId());
        values.put("into", other.externalId());
        values.put("merged_on", day.toString());
        values.put("note", note.isBlank() ? null : note.strip());
        UUID change = Ids.next();
        RecordType type = records.type(TYPE).orElseThrow();
        RecordRow row = new RecordRow(1, "screen-" + change, values, Map.of());
        Write write = new Write(change, one.name() + " became part of " + other.name(), Formats.ISO);
        for (RowOutcome outcome : records.upsert(type, List.of(row), viewer.actor(), write)) {
            if (outcome.result() == Result.INVALID) {
                throw new Refused(outcome.problems().stream()
                        .findFirst()
                        .map(problem -> problem.message() + ".")
                        .orElse("It cannot be written."));
            }
        }
        return change;
    }

    private boolean isPart(AccountId account) {
        return database.sql("select exists (select from contracts.account_merger where account_id = :id)")
                .param("id", account.value())
                .query(Boolean.class)
                .single();
    }
}
