package io.perennial.identity.records;

import io.perennial.identity.Role;
import io.perennial.identity.keys.ApiKeys;
import io.perennial.identity.keys.Scope;
import io.perennial.identity.team.Member;
import io.perennial.identity.team.Members;
import io.perennial.platform.records.RecordGuard;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses rows that the writer may not write: read-only members write nothing, support writes cases and talks, a member
 * with the portfolio {@code own} writes only what belongs to accounts they own and gives none away.
 */
@Component
class PortfolioGuard implements RecordGuard {

    private static final String TEAM = "team-members";
    private static final String TEAMS = "teams";
    private static final String MERGERS = "account-mergers";
    private static final Set<String> WRITTEN_BY_SUPPORT = Set.of("cases", "touchpoints");

    private final Members members;
    private final ApiKeys keys;
    private final Owners owners;
    private final TeamMemberGuard team;

    PortfolioGuard(Members members, ApiKeys keys, Owners owners, TeamMemberGuard team) {
        this.members = members;
        this.keys = keys;
        this.owners = owners;
        this.team = team;
    }

    @Override
    public Map<Integer, String> refuse(RecordType type, List<RecordRow> rows, Actor actor) {
        return switch (actor.kind()) {
            case SYSTEM -> Map.of();
            case KEY -> refuseKey(type, rows, actor);
            case PERSON -> refusePerson(type, rows, actor);
        };
    }

    private Map<Integer, String> refuseKey(RecordType type, List<RecordRow> rows, Actor actor) {
        Set<Scope> scopes = actor.id() == null ? Set.of() : keys.scopes(actor.id());
        if (!scopes.contains(Scope.WRITE) && !scopes.contains(Scope.IMPORT)) {
            return all(rows, "This API key may only read.");
        }
        return type.name().equals(TEAM) ? team.refuse(rows) : Map.of();
    }

    private Map<Integer, String> refusePerson(RecordType type, List<RecordRow> rows, Actor actor) {
        Member member = actor.id() == null ? null : members.find(actor.id()).orElse(null);
        if (member == null || !member.active()) {
            return all(rows, "This member may no longer sign in.");
        }
        if (member.role() == Role.READ_ONLY) {
            return all(rows, "Your role only reads.");
        }
        if (type.name().equals(TEAMS)) {
            return leads(member) ? Map.of() : all(rows, "Only leaders change teams.");
        }
        if (type.name().equals(MERGERS) && !leads(member)) {
            return all(rows, "Only leaders say that accounts became one.");
        }
        if (type.name().equals(TEAM)) {
            return member.role() == Role.ADMIN ? team.refuse(rows) : refuseNoLeader(rows, member);
        }
        if (member.role() == Role.SUPPORT && !WRITTEN_BY_SUPPORT.contains(type.name())) {
            return all(rows, "Support writes cases and touchpoints only.");
        }
        return member.everything() ? Map.of() : refuseForeign(type, rows, member.id());
    }

    /** Leaders say who works in which team, and nothing else about colleagues. */
    private static Map<Integer, String> refuseNoLeader(List<RecordRow> rows, Member member) {
        return each(
                rows,
                (row, index) -> leads(member) && row.values().keySet().equals(Set.of("team"))
                        ? null
                        : "Only administrators change the team.");
    }

    private static boolean leads(Member member) {
        return member.role() == Role.ADMIN || member.role() == Role.LEADER;
    }

    private Map<Integer, String> refuseForeign(RecordType type, List<RecordRow> rows, UUID member) {
        if (type.accountColumn() == null) {
            return all(rows, "Your portfolio is your own accounts; this record belongs to no account.");
        }
        boolean accounts = type.accountColumn().equals("id");
        Owners.Known known = owners.of(type, rows);
        return each(rows, (row, index) -> {
            if (known.hasRecord(row) && !member.equals(known.ownerOfRecord(row))) {
                return "This belongs to an account of somebody else.";
            }
            if (accounts) {
                return refuseOwner(row, known.hasRecord(row), member);
            }
            UUID account = known.namedAccount(row);
            if (account == null) {
                return known.hasRecord(row) ? null : "Name an account that you own.";
            }
            return member.equals(known.ownerOfAccount(account)) ? null : "This account belongs to somebody else.";
        });
    }

    private static @Nullable String refuseOwner(RecordRow row, boolean exists, UUID member) {
        boolean said = row.values().containsKey("owner");
        boolean toSelf = member.equals(row.values().get("owner"));
        if (exists) {
            return said && !toSelf ? "You may not give accounts to somebody else." : null;
        }
        return toSelf ? null : "A new account must have you as owner.";
    }

    private static Map<Integer, String> all(List<RecordRow> rows, String reason) {
        return each(rows, (row, index) -> reason);
    }

    private static Map<Integer, String> each(
            List<RecordRow> rows, BiFunction<RecordRow, Integer, @Nullable String> judge) {
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String reason = judge.apply(rows.get(i), i);
            if (reason != null) {
                refused.put(i, reason);
            }
        }
        return refused;
    }
}
