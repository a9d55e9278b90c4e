package io.perennial.demo;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.renewals.Call;
import io.perennial.renewals.Calls;
import io.perennial.renewals.DueTerms;
import io.perennial.renewals.ForecastBoard;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalFilter;
import io.perennial.renewals.RenewalPeople;
import io.perennial.renewals.RenewalPeople.Side;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.SavePlans;
import io.perennial.renewals.Stage;
import io.perennial.renewals.Suggestions;
import io.perennial.renewals.Worker;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is due at the demo company's customers, and how far the work on it is. No letter leaves by itself. */
@Component
class DemoRenewals {

    /** What the house wants of each of the next twelve months, in euros. */
    private static final List<String> TARGETS = List.of(
            "0", "10000", "220000", "160000", "220000", "165000", "60000", "20000", "110000", "22000", "240000",
            "85000");

    private final JdbcClient database;
    private final DueTerms terms;
    private final Renewals renewals;
    private final RenewalWork work;
    private final RenewalPeople people;
    private final Suggestions suggestions;
    private final Calls calls;
    private final SavePlans plans;
    private final ForecastBoard board;

    DemoRenewals(
            JdbcClient database,
            DueTerms terms,
            Renewals renewals,
            RenewalWork work,
            RenewalPeople people,
            Suggestions suggestions,
            Calls calls,
            SavePlans plans,
            ForecastBoard board) {
        this.database = database;
        this.terms = terms;
        this.renewals = renewals;
        this.work = work;
        this.people = people;
        this.suggestions = suggestions;
        this.calls = calls;
        this.plans = plans;
        this.board = board;
    }

    void load(LocalDate today) {
        terms.keepAll();
        Viewer chiara = member("chiara", "Chiara Lindt", Role.LEADER);
        Worker ana = Worker.of(member("ana", "Ana Reyes", Role.CSM));
        Worker ben = Worker.of(member("ben", "Ben Carter", Role.CSM));
        Map<String, Call> said = Map.of(
                "norda-bank", Call.COMMIT,
                "tamm", Call.LIKELY,
                "pemberton", Call.RISK,
                "alba-foods", Call.LIKELY,
                "sunda", Call.COMMIT,
                "kiva", Call.LIKELY);
        open().stream().filter(renewal -> renewal.daysLeft(today) < 200).forEach(renewal -> {
            Worker worker = "Ben Carter".equals(renewal.ownerName()) ? ben : ana;
            if (renewal.accountExternalId().hashCode() % 3 != 0) {
                confirm(renewal, worker);
            }
            Call call = said.getOrDefault(renewal.accountExternalId(), renewal.automatic() ? Call.LIKELY : null);
            if (call != null && renewal.accountExternalId().hashCode() % 4 != 0) {
                calls.call(renewal.id(), call, call == Call.RISK ? "Their budget is frozen until spring." : "", worker);
            }
        });
        atRisk("oslo-ferry", ana, today, chiara);
        of("norda-bank").ifPresent(renewal -> {
            work.uplift(renewal.id(), "4", ana);
            work.addFee(renewal.id(), "Second environment", "6000", ana);
            work.move(renewal.id(), Stage.VALUE, ana);
        });
        YearMonth month = YearMonth.from(today);
        for (int i = 0; i < TARGETS.size(); i++) {
            board.target(month.plusMonths(i), "EUR", TARGETS.get(i), chiara);
        }
    }

    /** The manager still hopes, the system does not, and a leader has not decided yet. */
    private void atRisk(String account, Worker ana, LocalDate today, Viewer chiara) {
        of(account).ifPresent(renewal -> {
            confirm(renewal, ana);
            work.addFee(renewal.id(), "Export archive", "4800", ana);
            calls.call(
                    renewal.id(),
                    Call.RISK,
                    "Use of the export fell by half, and the case about it was reopened.",
                    ana);
            plans.begin(
                    renewal.id(),
                    SavePlans.Reason.VALUE,
                    "The daily export to the regulator runs again, and their director has seen it",
                    ana);
            plans.addStep(renewal.id(), "Mend the export with support", today.plusDays(7), null, ana);
            plans.addStep(
                    renewal.id(), "Show the director what ran this month", today.plusDays(21), chiara.memberId(), ana);
        });
    }

    private void confirm(Renewal renewal, Worker worker) {
        suggestions.of(renewal, List.of()).stream()
                .filter(one -> one.decides() || one.side() == Side.FINANCE)
                .forEach(one -> people.confirm(renewal.id(), one.contact(), one.side(), one.decides(), worker));
    }

    private List<Renewal> open() {
        return renewals.list(new RenewalFilter("", "all", "", "", "", "", "", "", "", ""), "", 200, Viewer.EVERYTHING)
                .renewals();
    }

    private Optional<Renewal> of(String account) {
        return renewals.list(RenewalFilter.of(account), "", 1, Viewer.EVERYTHING).renewals().stream()
                .findFirst();
    }

    private Viewer member(String externalId, String name, Role role) {
        UUID id = database.sql("select id from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Viewer(id, name, externalId + "@lumenworks.example", role, true);
    }
}
