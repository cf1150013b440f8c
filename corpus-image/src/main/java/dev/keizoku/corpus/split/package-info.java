/**
 * Which documents are kept out of training. A pure function of document ids, seed and limits. Of
 * its module it imports nothing.
 */
package dev.keizoku.corpus.split;
