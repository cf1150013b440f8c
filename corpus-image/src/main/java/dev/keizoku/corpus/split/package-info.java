/**
 * Which documents are kept out of training. A pure function of document ids, seed and limits.
 * Imports the JDK and the storage's digests only.
 */
package dev.keizoku.corpus.split;
