package io.perennial.platform.records;

/** Every bound of records in one place; code, tests and documentation read them from here. */
public final class Limits {

    public static final int EXTERNAL_ID_LENGTH = 255;
    public static final int ATTRIBUTES = 200;
    public static final int ATTRIBUTE_NAME_LENGTH = 100;
    public static final int ATTRIBUTE_VALUE_LENGTH = 2_000;
    public static final int LIST_ITEMS = 50;

    /** Digits in front of the decimal mark: money below a quadrillion. */
    public static final int MONEY_WHOLE_DIGITS = 15;

    public static final int DECIMAL_WHOLE_DIGITS = 18;
    public static final int DECIMAL_SCALE = 12;

    /** Decimals of an amount whose currency nobody names. */
    public static final int MONEY_SCALE_WITHOUT_CURRENCY = 4;

    public static final int FIRST_YEAR = 1900;
    public static final int LAST_YEAR = 2200;

    public static final int BULK_ITEMS = 5_000;
    public static final int PAGE = 500;
    public static final int PAGE_DEFAULT = 100;
    public static final int BODY_BYTES = 256 * 1024;
    public static final int BULK_BODY_BYTES = 20 * 1024 * 1024;
    public static final int JSON_DEPTH = 64;
    public static final int IDEMPOTENCY_KEY_LENGTH = 255;
    public static final int IDEMPOTENCY_HOURS = 48;

    private Limits() {}
}
