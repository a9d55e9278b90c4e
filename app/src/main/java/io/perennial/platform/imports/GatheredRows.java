package io.perennial.platform.imports;

import io.perennial.platform.imports.RowMaker.Filled;
import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.imports.reading.RowSource;
import io.perennial.platform.records.RowOutcome.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the same values in the gathering fields are one record, wherever in the file they stand. A large file is
 * read several times, each time for a share of its records, so that memory stays bounded.
 */
final class GatheredRows implements MadeRows {

    /** Rows whose records are held at once. */
    static final int AT_ONCE = 200_000;

    static final int MOST = 5_000_000;

    private final RowMaker maker;
    private final Opening file;
    private final List<Filled> key;
    private final char mark;
    private final int parts;
    private final Queue<Group> ready = new ArrayDeque<>();
    private int part;

    /** @throws MappingProblem when the file is too large */
    GatheredRows(RowMaker maker, long rows, Opening file) {
        if (rows > MOST) {
            throw new MappingProblem(
                    "too_many_rows",
                    "gather: puts together up to %,d rows; this file has %,d. Split it by record, or put its rows together beforehand."
                            .formatted(MOST, rows));
        }
        this.maker = maker;
        this.file = file;
        this.mark = maker.mapping().decimalMark();
        this.key = maker.fields().stream()
                .filter(field -> maker.mapping().rows().gather().contains(field.field()))
                .toList();
        this.parts = (int) ((rows + AT_ONCE - 1) / AT_ONCE);
    }

    @Override
    public @Nullable Made next() throws IOException {
        while (ready.isEmpty() && part < parts) {
            read(part++);
        }
        Group group = ready.poll();
        return group == null ? null : finish(group);
    }

    private void read(int wanted) throws IOException {
        Map<String, Group> groups = new LinkedHashMap<>();
        SeenRows seen = new SeenRows();
        try (RowSource rows = file.open()) {
            for (RawRow raw = rows.next(); raw != null; raw = rows.next()) {
                Object found = keyOf(raw);
                boolean alone = found instanceof Made;
                String name = alone ? "\0" + raw.number() : found.toString();
                if (Math.floorMod(SeenRows.hash(name), parts) != wanted) {
                    continue;
                }
                Group group = groups.get(name);
                if (group == null) {
                    group = new Group(raw, maker.fields().size());
                    groups.put(name, group);
                }
                if (found instanceof Made made) {
                    group.made = made;
                } else {
                    add(group, raw, seen.see(name + '\0' + String.join("\0", raw.cells()), 0, raw.line()) != 0);
                }
            }
        }
        ready.addAll(groups.values());
    }

    /** What tells the row's record from others; or what becomes of a row that belongs to none. */
    private Object keyOf(RawRow raw) {
        Made unusable = maker.unusable(raw);
        if (unusable != null) {
            return unusable;
        }
        StringBuilder name = new StringBuilder();
        List<Problem> problems = new ArrayList<>(0);
        for (Filled field : key) {
            String value = maker.value(field, field.summary().fill(raw.cells()), problems);
            if (value == null && field.identity()) {
                return maker.withoutIdentity(raw);
            }
            name.append(value == null ? "" : value).append('\0');
        }
        return problems.isEmpty() ? name.toString() : Made.refused(raw.number(), raw.line(), 1, "", problems);
    }

    private void add(Group group, RawRow raw, boolean repeat) {
        group.rows++;
        if (repeat) {
            group.repeats++;
            if (maker.mapping().rows().leaveOutRepeats()) {
                return;
            }
        }
        for (int i = 0; i < group.said.length; i++) {
            Filled field = maker.fields().get(i);
            Object so = group.said[i];
            if (so != null && !key.contains(field) && field.summary().contradicts(so, raw.cells())) {
                group.differs[i] = true;
            }
            try {
                group.said[i] = field.summary().add(so, raw.cells(), field.dates(), mark);
            } catch (Summary.Unreadable cell) {
                group.problem = cell.number() ? noNumber(field, cell.value()) : maker.noDate(field, cell.value());
                group.problemLine = raw.line();
            }
        }
    }

    private Problem noNumber(Filled field, String value) {
        return new Problem(
                maker.titleOf(field.field()),
                "not_a_number",
                "Only plain numbers can be added up, such as 1234" + mark + "56",
                RowMaker.shorten(value));
    }

    private Made finish(Group group) {
        Made made = group.made;
        if (made != null) {
            return made;
        }
        Problem problem = group.problem;
        if (problem != null) {
            return Made.refused(group.number, group.problemLine, group.rows, "", List.of(problem));
        }
        String[] texts = new String[group.said.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = maker.fields().get(i).summary().text(group.said[i], mark);
        }
        made = maker.make(group.number, group.line, group.rows, texts);
        return made.row() == null ? made : made.remarked(remarks(group, made.externalId()));
    }

    private List<Problem> remarks(Group group, String externalId) {
        List<Problem> odd = new ArrayList<>(Collections.nCopies(group.repeats, repeats(externalId)));
        for (int i = 0; i < group.differs.length; i++) {
            if (group.differs[i]) {
                odd.add(new Problem(
                        maker.titleOf(maker.fields().get(i).field()),
                        "differing",
                        "Rows of one record differ in this column; the first of them counts",
                        externalId));
            }
        }
        return odd;
    }

    private Problem repeats(String externalId) {
        return new Problem(
                "",
                "exact_repeat",
                maker.mapping().rows().leaveOutRepeats()
                        ? "The row repeats an earlier one exactly and is left out"
                        : "The row repeats an earlier one exactly and counts again; repeats: leave out would leave it out",
                externalId);
    }

    @Override
    public void close() {
        ready.clear();
    }

    /** A record on its way. */
    private static final class Group {
        final long number;
        final long line;
        final @Nullable Object[] said;
        final boolean[] differs;
        long rows;
        int repeats;
        long problemLine;

        @Nullable
        Problem problem;

        @Nullable
        Made made;

        Group(RawRow first, int fields) {
            this.number = first.number();
            this.line = first.line();
            this.said = new Object[fields];
            this.differs = new boolean[fields];
        }
    }
}
