/**
 * Text of MediaWiki. Of its module it imports {@code read.encoding}, {@code read.file}, {@code
 * read.markup}, {@code read.record}, {@code reject}.
 */
package dev.keizoku.corpus.read.wiki;
