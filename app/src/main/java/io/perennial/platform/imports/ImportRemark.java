package io.perennial.platform.imports;

/**
 * What was odd about rows that came in nevertheless.
 *
 * @param rows how many of them
 * @param firstLine of the file
 * @param firstValue what was odd there
 */
public record ImportRemark(String code, String column, String reason, long rows, long firstLine, String firstValue) {}
