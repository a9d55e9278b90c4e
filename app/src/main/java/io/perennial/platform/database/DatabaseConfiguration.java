package io.perennial.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** One PostgreSQL: the embedded one in the data directory, or the one named by {@code PERENNIAL_DATABASE_URL}. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
    private static final int POOL_SIZE = 16;

    /** Each connection is a process with its own memory: who is not needed for two minutes goes, all but these. */
    private static final int KEPT_READY = 4;

    private static final Duration IDLE = Duration.ofMinutes(2);

    @Bean(destroyMethod = "close")
    @Lazy
    EmbeddedDatabase embeddedDatabase(@Value("${perennial.data}") Path data) {
        return EmbeddedDatabase.start(data);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(
            @Value("${perennial.database-url:}") String url,
            org.springframework.beans.factory.ObjectProvider<EmbeddedDatabase> embedded) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("perennial");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(KEPT_READY);
        config.setIdleTimeout(IDLE.toMillis());
        // Pages ask the same few hundred statements again and again: parse each once a connection.
        config.addDataSourceProperty("prepareThreshold", "1");
        config.setJdbcUrl(url.isBlank() ? embedded.getObject().jdbcUrl() : jdbc(url));
        HikariDataSource pool = new HikariDataSource(config);
        Durability.require(pool);
        Durability.advice(pool).ifPresent(LOG::warn);
        Migrations.run(pool);
        return pool;
    }

    /** Accepts both {@code jdbc:postgresql://...} and the {@code postgres://user:password@host/db} people copy. */
    static String jdbc(String url) {
        if (url.startsWith("jdbc:")) {
            return url;
        }
        URI uri = URI.create(url);
        String[] user = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() > 0) {
            jdbc.append(':').append(uri.getPort());
        }
        jdbc.append(uri.getPath()).append('?');
        if (uri.getRawQuery() != null) {
            jdbc.append(uri.getRawQuery()).append('&');
        }
        if (user.length > 0) {
            jdbc.append("user=").append(user[0]);
        }
        if (user.length > 1) {
            jdbc.append("&password=").append(user[1]);
        }
        return jdbc.toString();
    }
}
