package io.perennial.events.reading;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Accounts and contacts as group and identify describe them, written like any other record. A trait that cannot be taken
 * over is left out with a remark; what was said last time is not said again, so that it undoes nobody's correction.
 */
@Component
class Profiles {

    private static final int ACCOUNT = 1;
    private static final int CONTACT = 2;
    private static final int REMARKS_KEPT = 1_000;
    private static final int TRIES = 3;

    private final Records records;
    private final People people;
    private final JdbcClient database;

    Profiles(Records records, People people, JdbcClient database) {
        this.records = records;
        this.people = people;
        this.database = database;
    }

    /** @param account external id of the account that the person belongs to */
    record Person(Saying saying, String user, String account) {}

    /** Accounts that group calls are about, or that people say they work for, in the order of the sayings. */
    void accounts(Collection<Saying> sayings, Instant now) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (Saying saying : sayings) {
            String group = saying.event().kind() == Event.GROUP ? saying.event().account() : null;
            if (group != null) {
                describe(drafts, group, saying.traits());
            }
            String company = saying.companyRef();
            if (company != null) {
                describe(drafts, company, saying.company());
            }
        }
        if (drafts.isEmpty()) {
            return;
        }
        Map<String, UUID> known = people.accounts(drafts.keySet());
        drafts.forEach((ref, draft) -> {
            if (!known.containsKey(ref) && !draft.has("name")) {
                draft.set("name", ref);
            }
        });
        write("accounts", ACCOUNT, drafts.values(), now);
    }

    private static void describe(Map<String, Draft> drafts, String ref, JsonNode traits) {
        drafts.computeIfAbsent(ref, Draft::new).say(traits, Draft.OF_ACCOUNT);
    }

    /** Their accounts must be there. */
    void contacts(List<Person> persons, Instant now) {
        if (persons.isEmpty()) {
            return;
        }
        Map<String, People.Known> known =
                people.contacts(persons.stream().map(Person::user).toList());
        Map<String, People.Known> byEmail = people.contacts(persons.stream()
                .map(person -> person.saying().traits().path("email").asString(""))
                .filter(email -> email.indexOf('@') > 0)
                .toList());
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (Person person : persons) {
            People.Known contact = known.get(person.user());
            if (contact == null) {
                People.Known same =
                        byEmail.get(person.saying().traits().path("email").asString(""));
                contact = same != null && same.account().equals(person.account()) ? same : null;
            }
            Draft draft = drafts.computeIfAbsent(contact == null ? person.user() : contact.contact(), Draft::new);
            draft.say(person.saying().traits(), Draft.OF_CONTACT);
            draft.set("account", person.account());
            if (contact == null && !draft.has("name")) {
                draft.set("name", Objects.requireNonNullElse(draft.text("email"), person.user()));
            }
        }
        write("contacts", CONTACT, drafts.values(), now);
    }

    private void write(String typeName, int about, Collection<Draft> drafts, Instant now) {
        List<Draft> news = news(about, drafts);
        if (news.isEmpty()) {
            return;
        }
        remember(about, news);
        RecordType type = records.type(typeName).orElseThrow();
        for (Draft draft : news) {
            draft.tooMany()
                    .forEach(name ->
                            remark(draft, new Problem(name, "too_many_attributes", "No room for it.", ""), now));
        }
        List<Draft> left = news;
        for (int tries = 1; !left.isEmpty() && tries <= TRIES; tries++) {
            left = refused(type, left, tries == TRIES, now);
        }
        database.sql("delete from events.remark where id <= (select max(id) from events.remark) - :kept")
                .param("kept", REMARKS_KEPT)
                .update();
    }

    /** @return those that are worth another try without what was refused */
    private List<Draft> refused(RecordType type, List<Draft> drafts, boolean last, Instant now) {
        List<RecordRow> rows = new ArrayList<>();
        drafts.forEach(draft -> rows.add(draft.row(rows.size() + 1)));
        List<RowOutcome> outcomes = records.upsert(
                type,
                rows,
                Actor.SYSTEM,
                new Records.Write(null, type.title() + " described by events", Records.Formats.ISO));
        List<Draft> again = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).result() != Result.INVALID) {
                continue;
            }
            Draft draft = drafts.get(i);
            boolean less = false;
            for (Problem problem : outcomes.get(i).problems()) {
                remark(draft, problem, now);
                less |= draft.leaveOut(problem.column());
            }
            if (less && !last) {
                if (type.name().equals("accounts") || !draft.has("name")) {
                    // A name that cannot be read is no reason to have no record.
                    nameIfNew(type, draft);
                }
                again.add(draft);
            }
        }
        return again;
    }

    private void nameIfNew(RecordType type, Draft draft) {
        if (!draft.has("name") && records.find(type, draft.externalId()).isEmpty()) {
            draft.set("name", draft.externalId());
        }
    }

    private void remark(Draft draft, Problem problem, Instant now) {
        database.sql("""
                insert into events.remark (at, subject, reason, excerpt) values (:now, :subject, :reason, :excerpt)
                """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("subject", draft.externalId())
                .param("reason", problem.column() + ": " + problem.message())
                .param("excerpt", problem.value())
                .update();
    }

    private List<Draft> news(int about, Collection<Draft> drafts) {
        Map<String, UUID> before = database
                .sql("""
                select ref, fingerprint from events.said where about = :about and ref = any(:refs)
                """)
                .param("about", about)
                .param("refs", drafts.stream().map(Draft::externalId).toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString(1), row.getObject(2, UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return drafts.stream()
                .filter(draft -> !draft.fingerprint().equals(before.get(draft.externalId())))
                .toList();
    }

    private void remember(int about, List<Draft> drafts) {
        database.sql("""
                insert into events.said (about, ref, fingerprint)
                select :about, ref, fingerprint
                from unnest(cast(:refs as text[]), cast(:fingerprints as uuid[])) as n (ref, fingerprint)
                order by ref
                on conflict (about, ref) do update set fingerprint = excluded.fingerprint
                """)
                .param("about", about)
                .param("refs", drafts.stream().map(Draft::externalId).toArray(String[]::new))
                .param(
                        "fingerprints",
                        drafts.stream()
                                .map(draft -> draft.fingerprint().toString())
                                .toArray(String[]::new))
                .update();
    }
}
