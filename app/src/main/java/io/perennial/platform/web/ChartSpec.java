package io.perennial.platform.web;

/** The data block of a chart. */
public final class ChartSpec {

    private ChartSpec() {}

    /** A script element that browsers do not run; no text inside can end it early. */
    public static String block(String json) {
        return "<script type=\"application/json\">" + json.replace("<", "\\u003c") + "</script>";
    }
}
