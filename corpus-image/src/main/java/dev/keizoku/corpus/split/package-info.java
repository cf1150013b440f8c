/**
 * Which documents are kept out of training, and which are never parted. A pure function of document
 * ids, families, seed and limits. Of its module it imports nothing.
 */
package dev.keizoku.corpus.split;
