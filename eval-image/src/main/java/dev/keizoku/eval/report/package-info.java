/**
 * {@code report.html}: one page without any other file, for a reader who was not there. Says what
 * the numbers do and do not show. Pure: an evaluation in, text out; imports the results, what they
 * were computed from, and the page's pieces.
 */
package dev.keizoku.eval.report;
