/**
 * What a version tells its readers: the data card, and a page with counts, pictures and samples of
 * what was dropped. Pure functions of the manifest and the counts of the documents. Of its module
 * it imports {@code dedup}, {@code paragraph}, {@code versions}.
 */
package dev.keizoku.corpus.report;
