/**
 * A trace of each attempt of a run, for a collector of OpenTelemetry. Of its module it imports
 * {@code settings}.
 */
package dev.keizoku.operator.tracing;
