package io.perennial.crash;

import io.perennial.Perennial;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/** The product as it is, with another clock. */
final class FastServer {

    private FastServer() {}

    public static void main(String[] arguments) {
        FastClock clock = FastClock.told();
        SpringApplication product = new SpringApplication(Perennial.class);
        product.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock));
        product.run(arguments);
    }
}
