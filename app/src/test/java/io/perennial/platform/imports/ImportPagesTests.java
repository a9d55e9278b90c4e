package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ImportPagesTests {

    private static final String BOUNDARY = "edge";

    @Autowired
    ImportWorld world;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private Visitor grace;

    @BeforeEach
    void signIn() {
        grace = people.admin();
    }

    @Test
    void aPersonUploadsMapsStartsAndSeesTheResult() {
        String page =
                upload("accounts", "external_id,name,Plan Name\nA1,Acme,gold\nA2,<script>alert(1)</script>,\n,x,y\n");

        Document open = Jsoup.parse(grace.get(page).body());
        assertThat(open.select("select[name^=column.] option[selected]").eachAttr("value"))
                .containsExactly("external_id", "name", "*attribute");
        assertThat(open.select(".chip").eachText()).contains("created", "problem");
        assertThat(open.select("script:containsData(alert)")).isEmpty();

        grace.post(
                page + "/mapping",
                Map.of(
                        "column.0", "external_id",
                        "column.1", "name",
                        "column.2", "*ignore",
                        "decimal", "",
                        "zone", "UTC",
                        "start", "yes"));
        world.finished(job(page));
        Document done = Jsoup.parse(grace.get(page).body());

        assertThat(done.select("#outcome dd").eachText()).containsExactly("2", "0", "0", "1");
        assertThat(grace.get(page + "/errors.csv").body())
                .isEqualTo("line,column,reason,value\r\n4,external_id,Every row needs its own identifier,\r\n");
        assertThat(grace.get("/imports").body()).contains(page);
        assertThat(grace.get("/jobs/" + job(page)).body()).contains("2 created");
        assertThat(database.sql("select distinct attributes::text from accounts.account")
                        .query(String.class)
                        .list())
                .containsExactly("{}");
    }

    @Test
    void aForgedMappingToAProtectedFieldIsRefused() {
        String page = upload("accounts", "external_id,name,x\nA1,Acme,ADMIN\n");

        for (String field : new String[] {"password_hash", "role", "tenant_id", "id"}) {
            HttpResponse<String> answer = grace.post(
                    page + "/mapping",
                    Map.of("column.0", "external_id", "column.1", "name", "column.2", field, "start", "yes"));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("cannot be imported");
        }
        assertThat(database.sql("select count(*) from platform.job")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void datesThatReadInTwoWaysMustBeDecidedFirst() {
        String page = upload("accounts", "external_id,name,customer_since\nA1,Acme,03/04/2026\n");

        assertThat(grace.get(page).body()).contains("03/04/2026 is 2026-04-03", "03/04/2026 is 2026-03-04");
        Map<String, String> columns =
                Map.of("column.0", "external_id", "column.1", "name", "column.2", "customer_since", "start", "yes");
        assertThat(grace.post(page + "/mapping", columns).statusCode()).isEqualTo(422);

        Map<String, String> decided = new HashMap<>(columns);
        decided.put("date.customer_since", "d/M/uuuu");
        assertThat(grace.post(page + "/mapping", decided).statusCode()).isEqualTo(302);
        world.finished(job(page));
        assertThat(database.sql("select customer_since::text from accounts.account")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-04-03");
    }

    @Test
    void everyTypeHasATemplateThatComesBackIn() {
        for (String type : new String[] {"accounts", "contacts", "contracts", "usage", "cases"}) {
            HttpResponse<String> template = grace.get("/imports/templates/" + type + ".csv");
            assertThat(template.statusCode()).isEqualTo(200);
            assertThat(world.receive(type, template.body()).questions()).isEmpty();
        }
    }

    @Test
    void aProgramSendsAFileAndReadsItsErrors() {
        Visitor program = people.program("write", "read");
        HttpResponse<String> sent = program.send(
                "POST",
                "/api/v1/imports?type=accounts&name=crm.csv",
                BodyPublishers.ofString("external_id,name\nA1,Acme\nA2,\n"),
                Map.of("Content-Type", "text/csv"));

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        String address = sent.headers().firstValue("Location").orElseThrow();
        String id = address.substring(address.lastIndexOf('/') + 1);
        UUID job = world.job(UUID.fromString(id));
        world.finished(job);
        assertThat(program.get(address).body()).contains("\"state\":\"done\"", "\"created\":1", "\"withProblems\":1");
        assertThat(program.get("/api/v1/jobs/" + job).body()).contains("\"state\":\"done\"");
        assertThat(program.send("GET", address + "/errors", BodyPublishers.noBody(), Map.of("Accept", "text/csv"))
                        .body())
                .startsWith("line,column,reason,value\r\n3,name,");
    }

    @Test
    void aProgramIsToldWhichQuestionsAreOpen() {
        HttpResponse<String> sent = people.program("write", "read")
                .send(
                        "POST",
                        "/api/v1/imports?type=accounts",
                        BodyPublishers.ofString("external_id,name,name\n1,A,B\n"),
                        Map.of("Content-Type", "text/csv"));

        assertThat(sent.statusCode()).isEqualTo(422);
        assertThat(sent.body()).contains("duplicate_header", "name#1", "name#2");
    }

    private String upload(String type, String file) {
        String body =
                part("type", "", type) + part("file", "; filename=\"crm.csv\"", file) + "--" + BOUNDARY + "--\r\n";
        HttpResponse<String> answer = grace.send(
                "POST",
                "/imports",
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/imports"));
    }

    private static String part(String name, String more, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n"
                + content + "\r\n";
    }

    private UUID job(String page) {
        return world.job(UUID.fromString(page.substring(page.lastIndexOf('/') + 1)));
    }
}
