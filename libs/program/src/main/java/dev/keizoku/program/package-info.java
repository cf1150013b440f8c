/**
 * The shell of every program: its command line, the run file, scratch space, progress over HTTP and
 * under the log, an end in time on SIGTERM, an exit code and a final report that the operator
 * understands. {@code ProgramLine} and {@code Program} are where to begin. Knows nothing of corpora
 * or models. Of its module it imports {@code store}.
 */
package dev.keizoku.program;
