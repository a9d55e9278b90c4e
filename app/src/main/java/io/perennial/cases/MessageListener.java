package io.perennial.cases;

/**
 * Is told, in the same transaction, that a message of a customer arrived. Messages that are brought as records are not
 * announced: history and news look the same there.
 */
public interface MessageListener {

    /** Whoever throws keeps the message from being stored. */
    void arrived(ArrivedMessage message);
}
