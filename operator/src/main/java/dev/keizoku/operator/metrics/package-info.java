/** What Prometheus sees of the runs. Of its module it imports {@code words}. */
package dev.keizoku.operator.metrics;
