/**
 * Readers of law texts in the XML of e-Gov. Of its module it imports {@code read.file}, {@code
 * read.markup}, {@code reject}.
 */
package dev.keizoku.corpus.read.law;
