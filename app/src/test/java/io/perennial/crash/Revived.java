package io.perennial.crash;

import io.perennial.Perennial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole product, started in this process on a data directory that another one left, with another clock. */
final class Revived implements AutoCloseable {

    private final ConfigurableApplicationContext product;
    private final Path data;

    private Revived(ConfigurableApplicationContext product, Path data) {
        this.product = product;
        this.data = data;
    }

    static Revived on(Path data, Clock clock) {
        SpringApplication product = new SpringApplication(Perennial.class);
        product.setRegisterShutdownHook(false);
        product.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock));
        return new Revived(
                product.run("--server.port=0", "--perennial.data=" + data, "--logging.level.root=error"), data);
    }

    String address() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(product.getEnvironment().getProperty("local.server.port"));
    }

    Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(Files.readString(data.resolve("connection")));
    }

    @Override
    public void close() {
        product.close();
    }
}
