/**
 * The look of every report: the frame of a page with its provenance and content-security policy,
 * tables, numbers. Knows no report and none of the other modules; templates are Qute's, and so is
 * the one escaper. Of its module it imports nothing.
 */
package dev.keizoku.page;
