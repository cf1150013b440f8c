/**
 * What the three kinds do alike: observe, calculate the status, make the run file and the Job, stop
 * what is superfluous, tell by events and metrics, clean up. A kind adds a {@code RunKind}. Imports
 * {@code job}, {@code status} and {@code naming}; no kind's package.
 */
package dev.keizoku.operator.run;
