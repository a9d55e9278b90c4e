package io.perennial.health.detection;

/**
 * The step in which an account is watched: days with their weekly pattern, or weeks for accounts too quiet for days.
 *
 * @param season steps after which the pattern repeats
 * @param lag latest steps that do not teach the baseline, so that a fall does not make itself usual
 * @param window steps that do
 * @param least steps the baseline needs before anything is judged
 * @param recovery steps over which usage must be back for a shift to count as over
 */
record Rhythm(int season, int lag, int window, int least, int recovery) {

    static final Rhythm DAILY = new Rhythm(7, 7, 56, 28, 14);
    static final Rhythm WEEKLY = new Rhythm(1, 1, 8, 4, 3);
}
