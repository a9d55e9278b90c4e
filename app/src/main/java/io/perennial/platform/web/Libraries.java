package io.perennial.platform.web;

import java.io.IOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Finds files of the front-end libraries on the class path, whose versions only the build file names. */
final class Libraries {

    private Libraries() {}

    static ClassPathResource htmx(String path) throws IOException {
        return webjar("org.webjars.npm", "htmx.org", "webjars", path);
    }

    static ClassPathResource icons(String path) throws IOException {
        return webjar("org.webjars.npm", "bootstrap-icons", "webjars", path);
    }

    static ClassPathResource echarts(String path) throws IOException {
        return webjar("org.mvnpm", "echarts", "_static", path);
    }

    private static ClassPathResource webjar(String group, String name, String folder, String path) throws IOException {
        Properties made = PropertiesLoaderUtils.loadProperties(
                new ClassPathResource("META-INF/maven/" + group + "/" + name + "/pom.properties"));
        return new ClassPathResource(
                "META-INF/resources/" + folder + "/" + name + "/" + made.getProperty("version") + "/" + path);
    }
}
