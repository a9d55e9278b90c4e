package io.perennial.platform.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Style sheets and scripts under addresses that carry the hash of their content, so that browsers keep them for ever.
 *
 * <p>There is no bundler: at start every {@code static/css/**.css} is joined into one sheet and every
 * {@code static/js/*.js} into one script, in a fixed order. A script stands in a block of its own, so its names stay
 * private; it must not use {@code import} or {@code export} statements (dynamic {@code import()} is fine). A sheet without
 * a cascade layer is put into the layer {@code pages}.
 */
public final class Assets {

    private static final List<String> FIRST =
            List.of("layers.css", "reset.css", "tokens.css", "base.css", "layout.css");
    private static final Assets LOADED = load();

    /** One file as it is delivered. */
    record Asset(String url, String type, String entityTag, byte[] plain, byte[] gzipped) {}

    private final Map<String, Asset> byName = new HashMap<>();
    private final Map<String, Asset> byUrl = new HashMap<>();

    private Assets() {}

    /**
     * Address of {@code perennial.css}, {@code perennial.js}, {@code htmx.js}, {@code echarts.js} or
     * {@code echarts-all.js}.
     */
    public static String url(String name) {
        Asset asset = LOADED.byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("There is no asset named " + name);
        }
        return asset.url();
    }

    static @Nullable Asset at(String url) {
        return LOADED.byUrl.get(url);
    }

    private static Assets load() {
        try {
            Assets assets = new Assets();
            assets.add("perennial.css", "text/css", joinedSheets());
            assets.add("perennial.js", "text/javascript", joinedScripts());
            assets.add("htmx.js", "text/javascript", bytes(Libraries.htmx("dist/htmx.min.js")));
            assets.add("echarts.js", "text/javascript", bytes(Libraries.echarts("dist/echarts.common.min.js")));
            assets.add("echarts-all.js", "text/javascript", bytes(Libraries.echarts("dist/echarts.min.js")));
            assets.add("favicon.svg", "image/svg+xml", bytes(new ClassPathResource("static/img/favicon.svg")));
            return assets;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(String name, String type, byte[] content) throws IOException {
        String hash = hash(content);
        Asset asset = new Asset(
                "/_static/" + hash + "/" + name,
                type.startsWith("text/") ? type + ";charset=UTF-8" : type,
                "\"" + hash + "\"",
                content,
                gzipped(content));
        byName.put(name, asset);
        byUrl.put(asset.url(), asset);
    }

    private static byte[] joinedSheets() throws IOException {
        StringBuilder joined = new StringBuilder();
        for (Resource sheet : sorted("classpath*:static/css/**/*.css")) {
            String text = text(sheet);
            joined.append(text.contains("@layer") ? text : "@layer pages {\n" + text + "\n}")
                    .append('\n');
        }
        return joined.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joinedScripts() throws IOException {
        StringBuilder joined = new StringBuilder();
        for (Resource script : sorted("classpath*:static/js/*.js")) {
            joined.append("/* ")
                    .append(script.getFilename())
                    .append(" */\n{\n")
                    .append(text(script))
                    .append("\n}\n");
        }
        return joined.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Resource> sorted(String pattern) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern))
                .sorted(Comparator.comparingInt(Assets::rank).thenComparing(Assets::fileName))
                .toList();
    }

    private static int rank(Resource sheet) {
        int first = FIRST.indexOf(fileName(sheet));
        return first >= 0 ? first : fileName(sheet).equals("print.css") ? 99 : 50;
    }

    private static String fileName(Resource resource) {
        String name = resource.getFilename();
        return name == null ? "" : name;
    }

    private static String text(Resource resource) throws IOException {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Resource resource) throws IOException {
        return resource.getContentAsByteArray();
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (GZIPOutputStream smallest = new GZIPOutputStream(buffer) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            smallest.write(content);
        }
        return buffer.toByteArray();
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
        }
    }
}
