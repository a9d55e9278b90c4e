package io.perennial.mail.out;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the delivery that letters wait, once their transaction is committed. */
@Component
public class Wakeup {

    private final ObjectProvider<LetterDelivery> delivery;

    Wakeup(ObjectProvider<LetterDelivery> delivery) {
        this.delivery = delivery;
    }

    public void afterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            delivery.ifAvailable(LetterDelivery::wake);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                delivery.ifAvailable(LetterDelivery::wake);
            }
        });
    }
}
