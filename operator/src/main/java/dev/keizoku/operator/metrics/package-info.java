/**
 * What Prometheus sees of the runs. Of its module it imports {@code job}, {@code status} and {@code
 * words}.
 */
package dev.keizoku.operator.metrics;
