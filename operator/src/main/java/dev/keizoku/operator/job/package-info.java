/**
 * Jobs and pods: what one looks like ({@code JobTemplate}), what is seen of one ({@code
 * ObservedJob}), and what its program says of itself ({@code ProgressPoller}). Knows no kind of
 * resource. Of its module it imports {@code naming} and {@code settings}.
 */
package dev.keizoku.operator.job;
