/**
 * What a version tells its readers: the data card, and a page with counts, pictures and samples of
 * what was dropped. Pure functions of the manifest and the lengths of the documents. Of its module
 * it imports {@code dedup}.
 */
package dev.keizoku.corpus.report;
