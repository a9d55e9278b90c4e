package io.perennial.events.reading;

import io.perennial.events.reading.Profiles.Person;
import io.perennial.events.reading.Waiting.For;
import io.perennial.events.reading.Waiting.Wait;
import io.perennial.usage.counting.CountedUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One batch in the caller's transaction: learn who belongs where, in the order of the inbox; describe accounts and
 * contacts; count what can be counted, and let wait what cannot. However the inbox is cut into batches, the same comes out.
 */
@Component
class Reading {

    private final JdbcClient database;
    private final People people;
    private final Profiles profiles;
    private final Waiting waiting;
    private final Parked parked;
    private final CountedUse use;

    Reading(JdbcClient database, People people, Profiles profiles, Waiting waiting, Parked parked, CountedUse use) {
        this.database = database;
        this.people = people;
        this.profiles = profiles;
        this.waiting = waiting;
        this.parked = parked;
        this.use = use;
    }

    /**
     * @param events in the order of the inbox, each message once
     * @return whether more waited for what they say than could be counted at once
     */
    boolean read(List<Event> events, Instant now) {
        if (events.isEmpty()) {
            return false;
        }
        List<Event> fit = new ArrayList<>(events.size());
        List<Saying> sayings = new ArrayList<>();
        for (Event event : events) {
            String reason = event.unfit();
            if (reason != null) {
                parked.park(event, reason);
            } else {
                fit.add(event);
                if (!event.isUse()) {
                    sayings.add(Saying.of(event));
                }
            }
        }
        Known known = known();
        load(known, fit, sayings);
        learn(known, fit, sayings);
        known.store();
        profiles.accounts(sayings, now);
        Set<String> groups = new HashSet<>();
        for (Saying saying : sayings) {
            addIfThere(groups, saying.event().account());
            addIfThere(groups, saying.companyRef());
        }
        return finish(known, fit, new Named(known.aliases.firstKnown(), known.memberships.firstKnown(), groups), now);
    }

    /** Of whom something may wait no longer. */
    private record Named(Collection<String> visitors, Collection<String> users, Collection<String> accounts) {}

    /**
     * Counts what waited for accounts and contacts that have come by other ways, such as an import, and what was too much
     * to be counted at once.
     *
     * @param place how far reading has come
     * @return whether more than could be counted at once waits no longer
     */
    boolean release(long place, Instant now) {
        Known known = known();
        Map<String, People.Known> contacts = people.contacts(waiting.contactsThere());
        known.memberships.load(contacts.keySet());
        contacts.forEach((user, contact) -> known.memberships.learn(user, place, contact.account()));
        known.store();
        Named named = new Named(waiting.visitorsThere(), waiting.membersThere(), waiting.accountsThere());
        return finish(known, List.of(), named, now);
    }

    /** @param groups of visitors who were anonymous when they named their account */
    private record Known(Histories aliases, Histories memberships, Histories groups) {
        void store() {
            aliases.store();
            memberships.store();
            groups.store();
        }
    }

    private Known known() {
        return new Known(Histories.aliases(database), Histories.memberships(database), Histories.groups(database));
    }

    private static void load(Known known, List<Event> events, List<Saying> sayings) {
        Set<String> visitors = new HashSet<>();
        for (Event event : events) {
            if (asksForMembership(event) && (event.isAnonymous() || !event.isUse())) {
                addIfThere(visitors, event.anonymous());
            }
        }
        sayings.forEach(saying -> addIfThere(visitors, saying.previous()));
        known.aliases.load(visitors);
        known.groups.load(visitors);
        Set<String> users = new HashSet<>();
        for (Event event : events) {
            if (asksForMembership(event)) {
                addIfThere(users, event.user());
            }
        }
        visitors.forEach(visitor -> known.aliases.of(visitor).values().forEach(users::add));
        known.memberships.load(users);
    }

    /** What names its account needs no membership; identify and group are about it. */
    private static boolean asksForMembership(Event event) {
        return event.account() == null || !event.isUse();
    }

    private void learn(Known known, List<Event> events, List<Saying> sayings) {
        Map<String, People.Known> contacts = people.contacts(strangers(known, events));
        Map<Long, Saying> bySeq = new HashMap<>();
        sayings.forEach(saying -> bySeq.put(saying.event().seq(), saying));
        for (Event event : events) {
            if (!asksForMembership(event)) {
                continue;
            }
            Saying saying = bySeq.get(event.seq());
            if (saying != null) {
                learn(known, saying);
            }
            String user = userNow(known, event);
            if (user != null && known.memberships.at(user, event.seq()) == null) {
                People.Known contact = contacts.get(user);
                if (contact != null) {
                    known.memberships.learn(user, event.seq(), contact.account());
                }
            }
        }
    }

    private static void learn(Known known, Saying saying) {
        Event event = saying.event();
        String user = event.user();
        String visitor = event.kind() == Event.ALIAS
                ? Objects.requireNonNullElse(saying.previous(), event.anonymous())
                : event.anonymous();
        if (user != null && visitor != null && !visitor.equals(user) && event.kind() != Event.GROUP) {
            boolean firstName = known.aliases.at(visitor, event.seq()) == null;
            known.aliases.learn(visitor, event.seq(), user);
            if (firstName && (saying.account() == null || event.kind() == Event.ALIAS)) {
                takeAlong(known, visitor, user, event.seq());
            }
        }
        String member = userNow(known, event);
        String account = saying.account();
        if (account == null || event.kind() == Event.ALIAS) {
            return;
        }
        if (member != null) {
            known.memberships.learn(member, event.seq(), account);
        } else if (event.kind() == Event.GROUP && event.anonymous() != null) {
            known.groups.learn(event.anonymous(), event.seq(), account);
        }
    }

    /**
     * Who is named for the first time belongs where the anonymous visitor said, unless something later was said about the
     * user. A second user of the same browser takes nothing along.
     */
    private static void takeAlong(Known known, String visitor, String user, long seq) {
        String group = known.groups.at(visitor, seq);
        if (group != null
                && known.memberships.of(user).sinceAt(seq)
                        < known.groups.of(visitor).sinceAt(seq)) {
            known.memberships.learn(user, seq, group);
        }
    }

    /** Users of whom nothing is known at the place where they first appear. */
    private static Set<String> strangers(Known known, List<Event> events) {
        Set<String> strangers = new HashSet<>();
        for (Event event : events) {
            if (asksForMembership(event)) {
                String user = userNow(known, event);
                if (user != null && known.memberships.at(user, event.seq()) == null) {
                    strangers.add(user);
                }
            }
        }
        return strangers;
    }

    private static @Nullable String userNow(Known known, Event event) {
        if (event.user() != null) {
            return event.user();
        }
        return event.anonymous() == null ? null : known.aliases.at(event.anonymous(), event.seq());
    }

    private boolean finish(Known known, List<Event> fresh, Named named, Instant now) {
        List<Event> visits = waiting.release(For.USER_BEHIND_VISITOR, named.visitors());
        List<Event> ofUsers = waiting.release(For.MEMBERSHIP, named.users());
        List<Event> ofAccounts = waiting.release(For.ACCOUNT, named.accounts());
        boolean more = Stream.of(visits, ofUsers, ofAccounts).anyMatch(released -> released.size() == Waiting.MOST);
        List<Event> events = new ArrayList<>(visits);
        events.addAll(ofUsers);
        events.addAll(ofAccounts);
        if (!events.isEmpty()) {
            events.sort(Comparator.comparingLong(Event::seq));
            load(known, events, List.of());
        }
        events.addAll(fresh);
        Set<String> refs = new HashSet<>();
        for (Event event : events) {
            addIfThere(
                    refs,
                    Attribution.of(event, known.aliases, known.memberships).account());
        }
        Map<String, UUID> accounts = people.accounts(refs);
        Tally tally = new Tally();
        List<Wait> waits = new ArrayList<>();
        Map<Long, Person> persons = new LinkedHashMap<>();
        for (Event event : events) {
            Attribution whose = Attribution.of(event, known.aliases, known.memberships);
            UUID account = whose.account() == null ? null : accounts.get(whose.account());
            if (event.kind() == Event.GROUP || event.kind() == Event.ALIAS) {
                continue;
            }
            if (account == null) {
                waits.add(whose.missing(event));
            } else if (event.isUse()) {
                tally.add(account, whose.user(), event);
            } else {
                persons.put(
                        event.seq(),
                        new Person(Saying.of(event), whose.user(), Objects.requireNonNull(whose.account())));
            }
        }
        waiting.add(waits);
        profiles.contacts(
                persons.values().stream()
                        .filter(person -> !person.user().isEmpty())
                        .toList(),
                now);
        use.add(tally.counts(), now);
        return more;
    }

    private static void addIfThere(Set<String> set, @Nullable String value) {
        if (value != null) {
            set.add(value);
        }
    }
}
