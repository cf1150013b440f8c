/**
 * Token ids of documents in a fixed order, computed on several threads. Of its module it imports
 * nothing.
 */
package dev.keizoku.corpus.tokenize;
