package io.perennial.metrics;

/** Which question of the business a metric helps to answer. */
public enum Area {
    SERVICE("service", "Support operations", "How well do we serve?"),
    DEFECTS("defects", "Defects", "What do product defects cost us and our customers?"),
    HEALTH("health", "Customer health and risk", "Who is at risk, and how much revenue is?"),
    SERVICE_SALES("service-sales", "Service sales", "How well do we attach, renew, upgrade and win back?"),
    ENGAGEMENT("engagement", "Engagement", "Whom do we engage with, how often, and how does it go?"),
    PROFITABILITY("profitability", "Profitability of service", "What does service cost and what does it bring?"),
    ADOPTION("adoption", "Adoption", "Do customers use what they bought, to the fullest extent possible?"),
    SUCCESS("success", "Success", "Do customers reach what they bought the product for?"),
    RETENTION("retention", "Retention and revenue", "How many customers do we keep, and for how long?"),
    SATISFACTION("satisfaction", "Satisfaction and samples", "What do customers say, and how sure can we be?");

    private final String key;
    private final String title;
    private final String question;

    Area(String key, String title, String question) {
        this.key = key;
        this.title = title;
        this.question = question;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String question() {
        return question;
    }
}
