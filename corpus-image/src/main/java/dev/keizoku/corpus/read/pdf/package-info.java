/** Readers of PDF. Of its module it imports {@code read.file}, {@code reject}. */
package dev.keizoku.corpus.read.pdf;
