package io.perennial.mail.out;

import io.perennial.platform.background.AfterCommit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the delivery that letters wait, once their transaction is committed. */
@Component
public class Wakeup {

    private final ObjectProvider<LetterDelivery> delivery;

    Wakeup(ObjectProvider<LetterDelivery> delivery) {
        this.delivery = delivery;
    }

    public void afterCommit() {
        AfterCommit.run(() -> delivery.ifAvailable(LetterDelivery::wake));
    }
}
