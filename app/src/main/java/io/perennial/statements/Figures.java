package io.perennial.statements;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Works out the lines of statements for any number of accounts at once: nine statements, whatever their number. */
@Component
class Figures {

    static final String NOT_CONNECTED = "not connected";

    private final JdbcClient database;

    Figures(JdbcClient database) {
        this.database = database;
    }

    /** Lines of one account while they are gathered, in the order of sections. */
    private static final class Sheet {

        private final Map<Section, List<Line>> lines = new EnumMap<>(Section.class);
        private final Map<String, BigDecimal> worth = new TreeMap<>();
        private final Map<String, BigDecimal> price = new TreeMap<>();

        void add(Section section, Line line) {
            lines.computeIfAbsent(section, first -> new ArrayList<>()).add(line);
            if (line.worth() != null && line.currency() != null) {
                worth.merge(line.currency(), line.worth(), BigDecimal::add);
            }
        }

        boolean has(Section section) {
            return lines.containsKey(section);
        }

        List<Line> all() {
            Set<String> currencies = new java.util.TreeSet<>(worth.keySet());
            currencies.addAll(price.keySet());
            for (String currency : currencies) {
                List<Line> sums = lines.computeIfAbsent(Section.WORTH, first -> new ArrayList<>());
                BigDecimal value = worth.get(currency);
                BigDecimal cost = price.get(currency);
                sums.add(money("Worth that is stated", value, currency, "nothing is stated in this currency"));
                sums.add(money("Price", cost, currency, "no contract line in this currency"));
                if (value != null && cost != null) {
                    sums.add(money("Worth less price", value.subtract(cost), currency, "")
                            .asSum());
                }
            }
            for (Section section : Section.values()) {
                if (!has(section)) {
                    lines.put(section, List.of(Line.unknown(section, NOT_CONNECTED)));
                }
            }
            return lines.values().stream().flatMap(List::stream).toList();
        }

        private static Line money(String what, @Nullable BigDecimal amount, String currency, String otherwise) {
            Line line = new Line(Section.WORTH.key(), what, null, null, "", null, null, "", false);
            return amount == null ? line.saying(otherwise + " (" + currency + ")") : line.worth(amount, currency);
        }
    }

    private interface Reader {
        void read(Sheet sheet, ResultSet row) throws SQLException;
    }

    /** All from one moment, so that the parts agree. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Map<UUID, List<Line>> of(Collection<UUID> accounts, LocalDate from, LocalDate until) {
        Map<UUID, Sheet> sheets = new HashMap<>();
        accounts.forEach(account -> sheets.put(account, new Sheet()));
        UUID[] ids = accounts.toArray(UUID[]::new);
        each(FigureSql.USE, ids, from, until, sheets, Figures::use);
        each(
                FigureSql.FEATURES,
                ids,
                from,
                until,
                sheets,
                (sheet, row) -> sheet.add(
                        Section.FEATURES,
                        Line.known(Section.FEATURES, row.getString("name"), row.getBigDecimal("days"), null, "days")));
        each(FigureSql.CASES, ids, from, until, sheets, Figures::cases);
        each(
                FigureSql.PROMISES,
                ids,
                from,
                until,
                sheets,
                (sheet, row) -> sheet.add(
                        Section.PROMISES,
                        Line.known(
                                Section.PROMISES,
                                "Promises kept",
                                row.getBigDecimal("kept"),
                                row.getBigDecimal("due"),
                                "promised times")));
        each(
                FigureSql.UNITS,
                ids,
                from,
                until,
                sheets,
                (sheet, row) -> sheet.add(
                        Section.UNITS,
                        Line.known(
                                        Section.UNITS,
                                        row.getString("title"),
                                        row.getBigDecimal("used"),
                                        row.getBigDecimal("granted"),
                                        "")
                                .worth(row.getBigDecimal("worth"), row.getString("currency"))
                                .saying(row.getString("program"))));
        each(FigureSql.BENEFITS, ids, from, until, sheets, Figures::benefit);
        Set<UUID> planned = new HashSet<>(database.sql(FigureSql.PLANNED)
                .param("accounts", ids)
                .query(UUID.class)
                .list());
        each(FigureSql.OUTCOMES, ids, from, until, sheets, Figures::outcome);
        each(
                FigureSql.PRICE,
                ids,
                from,
                until,
                sheets,
                (sheet, row) -> sheet.price.put(row.getString("currency"), row.getBigDecimal("price")));
        Map<UUID, List<Line>> all = new HashMap<>();
        sheets.forEach((account, sheet) -> {
            rest(sheet, planned.contains(account));
            all.put(account, sheet.all());
        });
        return all;
    }

    /** What is connected and has nothing in this period says so. */
    private static void rest(Sheet sheet, boolean planned) {
        if (sheet.has(Section.USE) && !sheet.has(Section.FEATURES)) {
            sheet.add(Section.FEATURES, Line.unknown(Section.FEATURES, "no feature was named in this period"));
        }
        if (sheet.has(Section.CASES) && !sheet.has(Section.PROMISES)) {
            sheet.add(Section.PROMISES, Line.unknown(Section.PROMISES, "no promised time fell into this period"));
        }
        if (planned && !sheet.has(Section.OUTCOMES)) {
            sheet.add(Section.OUTCOMES, Line.unknown(Section.OUTCOMES, "none was reached in this period"));
        }
        if (sheet.has(Section.UNITS) && !sheet.has(Section.BENEFITS)) {
            sheet.add(Section.BENEFITS, Line.unknown(Section.BENEFITS, "the program states none"));
        }
        if (sheet.has(Section.BENEFITS) && !sheet.has(Section.UNITS)) {
            sheet.add(Section.UNITS, Line.unknown(Section.UNITS, "the program has no units in this period"));
        }
    }

    private void each(
            String sql, UUID[] accounts, LocalDate from, LocalDate until, Map<UUID, Sheet> sheets, Reader reader) {
        RowCallbackHandler rows =
                row -> reader.read(Objects.requireNonNull(sheets.get(row.getObject("account_id", UUID.class))), row);
        database.sql(sql)
                .param("accounts", accounts)
                .param("from", from)
                .param("until", until)
                .param("start", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("end", until.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(rows);
    }

    private static void use(Sheet sheet, ResultSet row) throws SQLException {
        LocalDate known = row.getObject("known_until", LocalDate.class);
        String upTo = known == null ? "" : "known up to " + io.perennial.platform.web.Wording.day(known);
        sheet.add(
                Section.USE,
                Line.known(Section.USE, "Days with use", row.getBigDecimal("days"), null, "days")
                        .saying(upTo));
        if (row.getBigDecimal("most") != null) {
            sheet.add(
                    Section.USE,
                    Line.known(
                            Section.USE,
                            "Most people on one day",
                            row.getBigDecimal("most"),
                            row.getBigDecimal("seats"),
                            row.getBigDecimal("seats") == null ? "people" : "licences"));
        }
        if (row.getBigDecimal("mean") != null) {
            sheet.add(
                    Section.USE,
                    Line.known(Section.USE, "People on a day with use", row.getBigDecimal("mean"), null, "on average"));
        }
        sheet.add(Section.USE, Line.known(Section.USE, "Uses", row.getBigDecimal("events"), null, ""));
        if (row.getBigDecimal("hours").signum() > 0) {
            sheet.add(
                    Section.USE,
                    Line.known(Section.USE, "Time in the product", row.getBigDecimal("hours"), null, "hours"));
        }
    }

    private static void cases(Sheet sheet, ResultSet row) throws SQLException {
        sheet.add(Section.CASES, Line.known(Section.CASES, "Asked", row.getBigDecimal("opened"), null, "cases"));
        sheet.add(Section.CASES, Line.known(Section.CASES, "Solved", row.getBigDecimal("solved"), null, "cases"));
        if (row.getBigDecimal("hours") != null) {
            sheet.add(
                    Section.CASES,
                    Line.known(Section.CASES, "Time to solve", row.getBigDecimal("hours"), null, "hours, median"));
        }
        if (row.getLong("answers") > 0) {
            sheet.add(
                    Section.CASES,
                    Line.known(
                            Section.CASES,
                            "Satisfied",
                            row.getBigDecimal("satisfied"),
                            row.getBigDecimal("answers"),
                            "answers"));
        }
    }

    private static void benefit(Sheet sheet, ResultSet row) throws SQLException {
        BigDecimal worth = row.getBigDecimal("worth");
        String why = row.getString("reasoning") == null ? "" : row.getString("reasoning");
        Line line = new Line(Section.BENEFITS.key(), row.getString("title"), null, null, "", null, null, "", false)
                .worth(worth, row.getString("currency"))
                .saying(worth == null ? "intangible" + (why.isEmpty() ? "" : ": " + why) : why);
        sheet.add(Section.BENEFITS, line);
    }

    private static void outcome(Sheet sheet, ResultSet row) throws SQLException {
        String by = row.getString("confirmed_by");
        String on = io.perennial.platform.web.Wording.day(row.getObject("reached_on", LocalDate.class));
        sheet.add(
                Section.OUTCOMES,
                new Line(Section.OUTCOMES.key(), row.getString("name"), null, null, "", null, null, "", false)
                        .worth(row.getBigDecimal("worth"), row.getString("currency"))
                        .saying((row.getBoolean("fresh") ? "reached on " : "still so since ")
                                + on
                                + (by == null ? "" : ", confirmed by " + by)));
    }
}
