/**
 * Looks into packed files and archives, bounded against bombs and names that lead out. Of its
 * module it imports {@code read.file}, {@code reject}.
 */
package dev.keizoku.corpus.read.archive;
