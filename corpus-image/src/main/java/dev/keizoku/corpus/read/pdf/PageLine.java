package dev.keizoku.corpus.read.pdf;

/**
 * A line of a page.
 *
 * @param text stripped, not empty; cells of a row are separated by tabs
 * @param full whether it reaches the end of its column, so that it may go on in the next one
 */
record PageLine(String text, boolean full) {}
