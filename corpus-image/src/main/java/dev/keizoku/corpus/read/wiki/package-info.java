/** Text of MediaWiki. Of its module it imports {@code read.markup}. */
package dev.keizoku.corpus.read.wiki;
