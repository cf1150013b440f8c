/**
 * Bytes to characters, strictly, and the lines of files that are read piece by piece. Of its module
 * it imports {@code read.file}, {@code reject}.
 */
package dev.keizoku.corpus.read.encoding;
