/**
 * The files of a version: token shards, tables of documents and of dropped ones, and the counts
 * that the manifest has. Knows nothing of how documents were read.
 */
package dev.keizoku.corpus.write;
