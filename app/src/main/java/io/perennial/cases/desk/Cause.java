package io.perennial.cases.desk;

import java.util.Arrays;
import java.util.Optional;

/** Why a case came up, asked when it is resolved: what prevention starts from. */
public enum Cause {
    HOW_TO("how-to", "How to", "They did not know how; training or an article would have helped."),
    DEFECT("defect", "Defect", "The product did not do what it should."),
    USABILITY("usability", "Usability", "It works, but was hard to find or understand."),
    ENVIRONMENT("environment", "Environment", "Their network, device, identity provider or another product."),
    REQUEST("request", "Request", "They asked for something that does not exist."),
    ACCOUNT("account", "Account", "Users, licences, invoices."),
    DUPLICATE("duplicate", "Duplicate", "Another case deals with it.");

    private final String key;
    private final String title;
    private final String meaning;

    Cause(String key, String title, String meaning) {
        this.key = key;
        this.title = title;
        this.meaning = meaning;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public static Optional<Cause> find(String key) {
        return Arrays.stream(values()).filter(cause -> cause.key.equals(key)).findFirst();
    }
}
