/**
 * {@code report.html}: one page without any other file, for a reader who was not there. Says what
 * the numbers do and do not show. Pure: an evaluation in, text out. Of its module it imports {@code
 * answer}, {@code compare}, {@code judge}, {@code lineage}, {@code metric}, {@code request}, {@code
 * result}, {@code task}.
 */
package dev.keizoku.eval.report;
