/**
 * What every program in a pod does around its own work: it reads the run file, tells its progress
 * over HTTP, stops in time on SIGTERM, and ends with an exit code and a final report that the
 * operator understands.
 */
package dev.keizoku.program;
