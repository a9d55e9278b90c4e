package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.Job;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that are broken, ambiguous or malicious, from the collection beside the checkout; skipped without it. */
@PerennialTest
class HostileFilesTests {

    private static final String LINES = """
            columns: {external_id: external_id, amount: arr}
            constants: {account: acme, product: Suite, starts_on: 2026-01-01, currency: USD}
            """;
    private static final String LINES_WITH_CURRENCY = """
            columns: {external_id: external_id, amount: arr, currency: currency}
            constants: {account: acme, product: Suite, starts_on: 2026-01-01}
            """;

    @Autowired
    ImportWorld world;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void anAccountExists() {
        world.bring("accounts", "external_id,name\nacme,Acme\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void hostileFilesGetTheAnswerStated(String id, JsonNode hostile) throws IOException {
        byte[] file = hostile.path("kind").asString().equals("base64")
                ? Base64.getDecoder().decode(hostile.path("input").asString())
                : hostile.path("input").asString("").getBytes(StandardCharsets.UTF_8);
        switch (id) {
            case "csv-header-only" -> assertThat(accounts(file).counts()).isEqualTo(Counts.NONE);
            case "csv-utf-16le-file-from-excel" -> {
                accounts(file);
                assertThat(names("1")).containsExactly("A");
            }
            case "csv-windows-1252-bytes" -> {
                accounts(file);
                assertThat(names("1")).containsExactly("Café Nürnberg");
            }
            case "csv-semicolon-delimiter" -> semicolons(file);
            case "csv-cr-only-line-ends" ->
                assertThat(accounts(file).counts().created()).isEqualTo(2);
            case "csv-quoted-line-breaks" ->
                assertThat(accounts(file).counts().created()).isEqualTo(1);
            case "csv-one-line-of-50-mb" -> oneLine(hostile.path("input"));
            case "csv-duplicate-header-names" -> repeatedHeaders(file);
            case "csv-header-with-spaces-and-case" -> {
                accounts(file);
                assertThat(names("1")).containsExactly("A");
            }
            case "csv-formula-cells" -> formulas(file);
            case "csv-negative-amount-is-not-a-formula" -> {
                lines(file, LINES);
                assertThat(amounts()).containsExactly(new BigDecimal("-1250.00"));
                assertThat(exported(amounts().getFirst())).isEqualTo("-1250.00");
            }
            case "csv-phone-starting-with-plus" -> phone(file);
            case "csv-nul-bytes" -> {
                ImportView done = accounts(file);
                assertThat(codes(done)).containsExactly("nul_byte");
                assertThat(names("1")).isEmpty();
            }
            case "csv-xlsx-with-external-entity" -> externalEntity();
            case "csv-ambiguous-date" -> ambiguousDate(file);
            case "csv-amount-spellings" -> amountSpellings(file);
            case "csv-too-many-decimals-for-the-currency" ->
                assertThat(codes(lines(file, LINES_WITH_CURRENCY))).hasSize(3).containsOnly("too_many_decimals");
            case "csv-unknown-and-historic-currency" -> {
                assertThat(lines(file, LINES_WITH_CURRENCY).counts()).isEqualTo(new Counts(1, 0, 0, 3));
                assertThat(database.sql("select external_id || ' ' || currency from contracts.contract_line")
                                .query(String.class)
                                .list())
                        .containsExactly("3 USD");
            }
            case "csv-amount-above-limit" ->
                assertThat(codes(lines(file, LINES_WITH_CURRENCY))).containsExactly("out_of_range");
            case "csv-e-mail-case-and-plus-duplicates" -> mailDuplicates(file);
            case "csv-mapping-to-a-protected-field" ->
                assertThatThrownBy(
                                () -> world.bring(
                                        "team-members",
                                        "external_id,name,email,x\nm1,Eve,eve@x.test,hash\n",
                                        ImportOptions.mapping(
                                                "columns: {external_id: external_id, name: name, email: email, password_hash: x}")))
                        .isInstanceOf(MappingProblem.class);
            case "csv-same-file-twice" -> sameFileTwice();
            case "csv-same-file-by-two-users-at-once" -> sameFileAtOnce();
            case "csv-html-in-values" -> {
                accounts(file);
                assertThat(names("1")).containsExactly("<script>alert(1)</script>");
            }
            case "csv-turkish-and-german-case" ->
                assertThat(accounts(file).counts().created()).isEqualTo(3);
            case "csv-csm-without-right-imports-owner-changes" -> abort("Portfolio rights are tested with the guard");
            case "csv-erased-contact-re-imported" -> abort("There is no erasure of people yet");
            default -> throw new AssertionError("Nobody has thought about " + id);
        }
    }

    private void semicolons(byte[] file) {
        String mapping = """
                columns: {external_id: external_id, amount: arr, product: name}
                constants: {account: acme, starts_on: 2026-01-01, currency: USD}
                """;
        ImportView open = world.receive("contract-lines", file, ImportOptions.mapping(mapping));
        assertThat(open.file().delimiter()).isEqualTo(";");
        assertThat(open.questions()).extracting(Question::code).containsExactly("decimal_mark");
        lines(file, mapping + "decimal: ','\n");
        assertThat(amounts()).containsExactly(new BigDecimal("1234.56"));
    }

    private void oneLine(JsonNode input) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(input.path("prefix").asString().getBytes(StandardCharsets.UTF_8));
        file.writeBytes(input.path("unit")
                .asString()
                .repeat(input.path("count").asInt())
                .getBytes(StandardCharsets.UTF_8));
        file.writeBytes(input.path("suffix").asString().getBytes(StandardCharsets.UTF_8));
        ImportView done = accounts(file.toByteArray());
        assertThat(codes(done)).containsExactly("field_too_long");
    }

    private void repeatedHeaders(byte[] file) {
        ImportView open = world.receive("accounts", file, ImportOptions.NONE);
        assertThat(open.questions()).extracting(Question::code).containsExactly("duplicate_header");
        assertThatThrownBy(() -> world.run(open)).isInstanceOf(ImportRefused.class);
        world.run(world.receive(
                "accounts", file, ImportOptions.mapping("columns: {external_id: external_id, name: 'name#2'}")));
        assertThat(names("1")).containsExactly("B");
    }

    private void formulas(byte[] file) throws IOException {
        assertThat(accounts(file).counts().created()).isEqualTo(7);
        List<String> stored = database.sql(
                        "select name from accounts.account where external_id <> 'acme' order by external_id")
                .query((row, number) -> row.getString(1))
                .list();
        assertThat(stored).contains("@SUM(1+1)*cmd|' /C calc'!A0", "=1+1", "＝1+1");
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        try (CsvTable table = new CsvTable(exported)) {
            table.header(List.of("external_id", "name"));
            for (int i = 0; i < stored.size(); i++) {
                assertThat(exported(stored.get(i))).matches("(?s)\"?'.*");
                table.row(List.of(String.valueOf(i + 1), stored.get(i)));
            }
        }
        assertThat(accounts(exported.toByteArray()).counts()).isEqualTo(new Counts(0, 0, 7, 0));
    }

    private void phone(byte[] file) throws IOException {
        ImportOptions mapping = ImportOptions.mapping("constants: {account: acme, name: Mia}");
        world.run(world.receive("contacts", file, mapping));
        String phone = database.sql("select phone from accounts.contact")
                .query(String.class)
                .single();
        assertThat(phone).isEqualTo("+49 30 901820");
        assertThat(exported(phone)).isEqualTo("'+49 30 901820");
        String again = "external_id,phone\n1," + exported(phone) + "\n";
        assertThat(world.bring("contacts", again, mapping).counts()).isEqualTo(new Counts(0, 0, 1, 0));
    }

    private void externalEntity() throws IOException {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(workbook)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workbook>&e;</workbook>"
                    .getBytes(StandardCharsets.UTF_8));
        }
        UnreadableFile refused = catchThrowableOfType(
                UnreadableFile.class, () -> world.receive("accounts", workbook.toByteArray(), ImportOptions.NONE));
        assertThat(refused.code()).isEqualTo("unsafe_workbook");
    }

    private void ambiguousDate(byte[] file) {
        String mapping = """
                columns: {external_id: external_id, ends_on: renewal}
                constants: {account: acme, starts_on: 2025-01-01}
                """;
        ImportView open = world.receive("contracts", file, ImportOptions.mapping(mapping));
        assertThat(open.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.choices())
                        .extracting(Question.Choice::meaning)
                        .containsExactly("03/04/2026 is 2026-04-03", "03/04/2026 is 2026-03-04"));
        assertThatThrownBy(() -> world.run(open)).isInstanceOf(ImportRefused.class);
        world.run(world.receive("contracts", file, ImportOptions.mapping(mapping + "date: dd/MM/yyyy\n")));
        assertThat(database.sql("select ends_on::text from contracts.contract")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-04-03");
    }

    private void amountSpellings(byte[] file) {
        for (String mark : List.of(".", ",")) {
            ImportView done = lines(file, LINES + "decimal: '" + mark + "'\n");
            assertThat(done.counts().rows()).isEqualTo(7);
            for (BigDecimal amount : amounts()) {
                assertThat(List.of("1234.56", "-500", "1000", "0", "123"))
                        .contains(
                                amount.signum() == 0
                                        ? "0"
                                        : amount.stripTrailingZeros().toPlainString());
            }
        }
    }

    private void mailDuplicates(byte[] file) {
        world.run(world.receive("contacts", file, ImportOptions.mapping("constants: {account: acme}")));
        assertThat(database.sql("select external_id from accounts.contact order by 1")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("a@x.test", "a+b@x.test");
    }

    private void sameFileTwice() {
        String file = ImportsTests.accounts(10_000);
        assertThat(world.bring("accounts", file).counts()).isEqualTo(new Counts(10_000, 0, 0, 0));
        database.sql("delete from accounts.changed").update();
        assertThat(world.bring("accounts", file).counts()).isEqualTo(new Counts(0, 0, 10_000, 0));
    }

    private void sameFileAtOnce() {
        byte[] file = ImportsTests.accounts(5_000).getBytes(StandardCharsets.UTF_8);
        ImportView one = world.receive("accounts", file, ImportOptions.NONE);
        ImportView other = world.receive("accounts", file, ImportOptions.NONE);
        UUID first = world.imports.start(one.id(), Actor.SYSTEM);
        UUID second = world.imports.start(other.id(), Actor.SYSTEM);
        assertThat(List.of(world.finished(first).state(), world.finished(second).state()))
                .containsOnly(Job.State.DONE);
        assertThat(database.sql("select count(*) from accounts.account")
                        .query(Long.class)
                        .single())
                .isEqualTo(5_001);
        Counts together = world.imports
                .find(one.id())
                .orElseThrow()
                .counts()
                .plus(world.imports.find(other.id()).orElseThrow().counts());
        assertThat(together).isEqualTo(new Counts(5_000, 0, 5_000, 0));
    }

    private ImportView accounts(byte[] file) {
        return world.run(world.receive("accounts", file, ImportOptions.NONE));
    }

    private ImportView lines(byte[] file, String mapping) {
        return world.run(world.receive("contract-lines", file, ImportOptions.mapping(mapping)));
    }

    private List<String> codes(ImportView view) {
        return world.problems(view).stream().map(ImportProblem::code).toList();
    }

    private List<String> names(String externalId) {
        return database.sql("select name from accounts.account where external_id = :id")
                .param("id", externalId)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<BigDecimal> amounts() {
        return database.sql("select amount from contracts.contract_line")
                .query((row, number) -> row.getBigDecimal(1).setScale(2))
                .list();
    }

    private static String exported(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvTable table = new CsvTable(out)) {
            table.row(List.of(value));
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> cases() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared/hostile/hostile.json");
            if (Files.isRegularFile(found)) {
                return StreamSupport.stream(
                                JsonMapper.shared()
                                        .readTree(Files.readString(found))
                                        .spliterator(),
                                false)
                        .filter(hostile -> hostile.path("entrance").asString().equals("csv"))
                        .map(hostile -> org.junit.jupiter.params.provider.Arguments.of(
                                hostile.path("id").asString(), hostile));
            }
        }
        return abort("No shared/hostile/hostile.json above this folder");
    }
}
