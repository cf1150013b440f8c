/**
 * The shell of every program: its command line, the run file, scratch space, progress over HTTP and
 * under the log, an end in time on SIGTERM, an exit code and a final report that the operator
 * understands. {@code ProgramLine} and {@code Program} are where to begin. Imports the contract
 * and, in {@code store} only, the storage; knows nothing of corpora or models.
 */
package dev.keizoku.program;
