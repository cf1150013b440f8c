/**
 * Token ids of documents in a fixed order, computed on several threads. Of its module it imports
 * {@code timing}.
 */
package dev.keizoku.corpus.tokenize;
