/**
 * What a version tells its readers: the data card, and a page with counts, pictures and samples of
 * what was dropped. Pure functions of the manifest and the lengths of the documents; imports the
 * storage's manifests, the reasons of the stages and the page's pieces.
 */
package dev.keizoku.corpus.report;
