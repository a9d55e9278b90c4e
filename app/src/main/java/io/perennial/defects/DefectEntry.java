package io.perennial.defects;

import io.perennial.defects.Affected.Reach;

/**
 * A defect with what it does.
 *
 * @param cases linked, without those that were merged into another
 * @param openCases of these
 */
public record DefectEntry(Defect defect, long cases, long openCases, Reach reach, Costs.Cost cost) {}
