/**
 * What a version tells its readers: the data card and a page with counts and samples of what was
 * dropped. Pure functions of the manifest; imports the storage's manifests and the JDK only.
 */
package dev.keizoku.corpus.report;
