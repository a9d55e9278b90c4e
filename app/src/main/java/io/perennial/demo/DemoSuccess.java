package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** What customers of the demo company want to reach, and how far they are. */
final class DemoSuccess {

    /** id, account, name, state, starts, ends (days from today), features, blueprint, hours, cost, currency, result. */
    private static final String PLANS = """
            oslo-plan     | oslo-ferry | Every departure leaves on a plan that holds   | open   | -300 |   65 | export, reports   | transport     | 240 | 60 | EUR |
            norda-plan    | norda-bank | Ready for the audit at any time               | open   | -220 |  120 | reports           | finance       | 120 | 75 | EUR |
            kiva-plan     | kiva       | Machines do not wait for people               | open   | -260 |  100 | boards, forecast  | manufacturing |  80 | 55 | EUR |
            sunda-plan    | sunda      | The port in Batam plans like Singapore        | open   | -150 |  210 | boards, automation | transport    | 300 | 48 | USD |
            greyhaven-plan | greyhaven | Claims are settled in five days               | open   | -400 |   -5 | reports, search   | finance       | 200 | 70 | EUR |
            cedar-plan    | cedar-vine | All four hundred stores work with it          | open   | -120 |  240 |                   | everybody     |     |    |     |
            bluefin-plan  | bluefin    | The night shift knows what the day shift knows | open  |  -90 |  180 | comments          | manufacturing |  60 | 65 | USD |
            pemberton-plan | pemberton | Orders are planned a week ahead               | open   | -330 |   30 | boards            |               |  40 | 45 | GBP |
            mirador-plan  | mirador    | More time for patients                        | draft  |  -10 |  300 |                   | health-care   |     |    |     |
            sunda-first   | sunda      | Planners stop calling the quay                | closed | -520 | -160 |                   | transport     |     |    |     | Reached before summer; the quay asked for more.
            """;

    /** id, plan, account, objective, name, unit, baseline, target, actual, days of it, due, measure, subject, value, currency, basis. */
    private static final String OUTCOMES = """
            oslo-1  | oslo-plan  | oslo-ferry | Every departure leaves on a plan | Plans changed on the day | % | 30 | 10 | 14 | -12 | 40 | | | 48000 | EUR | 16 hours of overtime a week, said their head of operations
            oslo-2  | oslo-plan  | oslo-ferry | The regulator gets his figures without being asked | Exports in a week | uses | 250 | 900 | | | -10 | feature_use | export | | |
            oslo-3  | oslo-plan  | oslo-ferry | Nobody calls the planner at night | Calls on a night | calls | 12 | 2 | 2 | -30 | -20 | | | 9000 | EUR | Two hours of stand-by a night
            norda-1 | norda-plan | norda-bank | We answer the auditor in two days | Days to answer | days | 15 | 2 | 4 | -25 | 60 | | | 65000 | EUR | Three people for two weeks, twice a year
            norda-2 | norda-plan | norda-bank | Nobody types a number twice | Reports made in a week | uses | | 300 | | | 90 | feature_use | reports | | |
            kiva-1  | kiva-plan  | kiva | Machines do not wait for people | Minutes of waiting at a change of shift | minutes | 40 | 15 | 13 | -18 | -8 | | | 72000 | EUR | 27 minutes, three shifts, by their controlling
            kiva-2  | kiva-plan  | kiva | New people are useful in their first week | Days until somebody works alone | days | 15 | 5 | 8 | -40 | 60 | | | | |
            sunda-1 | sunda-plan | sunda | Batam plans like Singapore | People who use it in a month | people | 160 | 240 | | | 100 | active_users | | 90000 | USD | One planner less for each gate
            sunda-2 | sunda-plan | sunda | Batam plans like Singapore | Every gate works with it | | | | | | 150 | | | | |
            grey-1  | greyhaven-plan | greyhaven | Claims are settled in five days | Days to settle a claim | days | 11 | 5 | 7 | -9 | -15 | | | 120000 | EUR | Interest and calls, by their finance
            grey-2  | greyhaven-plan | greyhaven | We can help ourselves | Requests for help in a month | cases | | 3 | | | 20 | cases_per_month | | | |
            cedar-1 | cedar-plan | cedar-vine | All stores work with it | Licences in use | % | 5 | 75 | | | 200 | licences_used | | 150000 | USD | Stock that is not ordered twice
            blue-1  | bluefin-plan | bluefin | One truth for both shifts | Comments in a week | uses | | 150 | | | 120 | feature_use | comments | | |
            blue-2  | bluefin-plan | bluefin | One truth for both shifts | Parts built twice in a month | parts | 18 | 3 | 15 | -20 | 100 | | | 24000 | USD | 800 for a part
            pemb-1  | pemberton-plan | pemberton | Orders are planned a week ahead | Orders planned a week ahead | % | 35 | 90 | 48 | -50 | -20 | | | | |
            first-1 | sunda-first | sunda | Planners stop calling the quay | Calls on a day | calls | 80 | 20 | 17 | -200 | -190 | | | 40000 | USD | A half position at the quay
            """;

    private final LocalDate today;

    DemoSuccess(LocalDate today) {
        this.today = today;
    }

    List<RecordRow> plans() {
        return PLANS.lines()
                .map(line -> line.strip().split("\\s*\\|\\s*", -1))
                .map(cells -> row(
                        cells[0],
                        "account",
                        cells[1],
                        "name",
                        cells[2],
                        "state",
                        cells[3],
                        "starts_on",
                        day(cells[4]),
                        "ends_on",
                        day(cells[5]),
                        "closed_on",
                        cells[3].equals("closed") ? day(cells[5]) : null,
                        "features",
                        cells[6].isEmpty() ? null : String.join("|", Arrays.asList(cells[6].split("\\s*,\\s*", -1))),
                        "blueprint",
                        none(cells[7]),
                        "hours",
                        none(cells[8]),
                        "hour_cost",
                        none(cells[9]),
                        "currency",
                        none(cells[10]),
                        "result",
                        none(cells[11])))
                .toList();
    }

    List<RecordRow> outcomes() {
        return OUTCOMES.lines()
                .map(line -> line.strip().split("\\s*\\|\\s*", -1))
                .map(cells -> row(
                        cells[0],
                        "plan",
                        cells[1],
                        "account",
                        cells[2],
                        "objective",
                        cells[3],
                        "name",
                        cells[4],
                        "unit",
                        none(cells[5]),
                        "baseline",
                        none(cells[6]),
                        "target",
                        none(cells[7]),
                        "actual",
                        none(cells[8]),
                        "actual_on",
                        cells[9].isEmpty() ? null : day(cells[9]),
                        "due_on",
                        day(cells[10]),
                        "measure",
                        none(cells[11]),
                        "subject",
                        none(cells[12]),
                        "value",
                        none(cells[13]),
                        "currency",
                        none(cells[14]),
                        "value_basis",
                        none(cells[15])))
                .toList();
    }

    private static @org.jspecify.annotations.Nullable String none(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    private String day(String offset) {
        return today.plusDays(Long.parseLong(offset.strip())).toString();
    }
}
