package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;

/** Computes contrast (WCAG 2.2) and colour distance (OKLab) from the token file itself. */
class LedgerColoursTests {

    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): light-dark\\(#([0-9A-F]{6}), #([0-9A-F]{6})\\)");
    private static final List<String> STATES = List.of("healthy", "watch", "at-risk");

    /** Smallest distance x 100 between two states of health; the usual traffic light sinks to 8 for protanopes. */
    private static final double APART = 16;

    private final Map<String, double[][]> tokens = new HashMap<>();

    /** How eyes see: matrices of Machado, Oliveira and Fernandes (2009) in linear sRGB, full severity. */
    enum Eyes {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTAN(.152286, 1.052583, -.204868, .114503, .786281, .099216, -.003882, -.048116, 1.051998),
        DEUTAN(.367322, .860646, -.227968, .280085, .672501, .047413, -.011820, .042940, .968881),
        TRITAN(1.255528, -.076749, -.178779, -.078411, .930809, .147602, .004733, .691367, .303900);

        private final double[] matrix;

        Eyes(double... matrix) {
            this.matrix = matrix;
        }

        double[] see(double[] rgb) {
            double[] seen = new double[3];
            for (int row = 0; row < 3; row++) {
                double sum = matrix[3 * row] * rgb[0] + matrix[3 * row + 1] * rgb[1] + matrix[3 * row + 2] * rgb[2];
                seen[row] = Math.clamp(sum, 0, 1);
            }
            return seen;
        }
    }

    @BeforeEach
    void readTokens() throws IOException {
        String file = new ClassPathResource("static/css/tokens.css").getContentAsString(StandardCharsets.UTF_8);
        Matcher token = TOKEN.matcher(file);
        while (token.find()) {
            tokens.putIfAbsent(token.group(1), new double[][] {linear(token.group(2)), linear(token.group(3))});
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ink, surface, 12",
        "ink, raised, 12",
        "ink, sunken, 12",
        "ink, hover, 10",
        "ink, selected, 10",
        "ink-2, surface, 7",
        "ink-2, raised, 6.500",
        "ink-2, sunken, 6.500",
        "ink-2, selected, 4.500",
        "ink-3, surface, 4.500",
        "ink-3, raised, 4.500",
        "ink-3, sunken, 4.500",
        "ink-3, hover, 4.500",
        "accent, surface, 4.500",
        "accent, raised, 4.500",
        "accent, sunken, 4.500",
        "accent-hover, surface, 4.500",
        "on-accent, accent, 4.500",
        "on-accent, accent-hover, 4.500",
        "on-accent-tint, accent-tint, 4.500",
        "danger, surface, 4.500",
        "danger, raised, 4.500",
        "line-strong, surface, 3",
        "line-strong, raised, 3",
        "healthy, surface, 3",
        "watch, surface, 3",
        "at-risk, surface, 3",
        "unknown, surface, 3",
        "on-healthy-tint, healthy-tint, 7",
        "on-watch-tint, watch-tint, 7",
        "on-at-risk-tint, at-risk-tint, 7",
        "on-unknown-tint, unknown-tint, 6"
    })
    void standsOutFromItsGroundInLightAndDark(String front, String ground, double least) {
        for (int mode = 0; mode < 2; mode++) {
            assertThat(contrast(token(front)[mode], token(ground)[mode]))
                    .as("%s on %s, %s", front, ground, mode == 0 ? "light" : "dark")
                    .isGreaterThanOrEqualTo(least);
        }
    }

    @ParameterizedTest
    @EnumSource
    void statesOfHealthStayApartForEverybodysEyes(Eyes eyes) {
        for (int mode = 0; mode < 2; mode++) {
            for (int i = 0; i < STATES.size(); i++) {
                for (int j = i + 1; j < STATES.size(); j++) {
                    double[] one = eyes.see(token(STATES.get(i))[mode]);
                    double[] other = eyes.see(token(STATES.get(j))[mode]);
                    assertThat(distance(one, other) * 100)
                            .as("%s and %s, mode %d", STATES.get(i), STATES.get(j), mode)
                            .isGreaterThan(APART);
                }
            }
        }
    }

    private double[][] token(String name) {
        return Objects.requireNonNull(tokens.get(name), "There is no token --" + name);
    }

    private static double[] linear(String hex) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            rgb[i] = value <= .04045 ? value / 12.92 : Math.pow((value + .055) / 1.055, 2.4);
        }
        return rgb;
    }

    private static double contrast(double[] one, double[] other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + .05) / (Math.min(first, second) + .05);
    }

    private static double luminance(double[] rgb) {
        return .2126 * rgb[0] + .7152 * rgb[1] + .0722 * rgb[2];
    }

    private static double distance(double[] one, double[] other) {
        double[] a = okLab(one);
        double[] b = okLab(other);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] okLab(double[] rgb) {
        double l = Math.cbrt(.4122214708 * rgb[0] + .5363325363 * rgb[1] + .0514459929 * rgb[2]);
        double m = Math.cbrt(.2119034982 * rgb[0] + .6806995451 * rgb[1] + .1073969566 * rgb[2]);
        double s = Math.cbrt(.0883024619 * rgb[0] + .2817188376 * rgb[1] + .6299787005 * rgb[2]);
        return new double[] {
            .2104542553 * l + .7936177850 * m - .0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + .4505937099 * s,
            .0259040371 * l + .7827717662 * m - .8086757660 * s
        };
    }
}
