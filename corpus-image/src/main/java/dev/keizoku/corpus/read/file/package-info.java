/**
 * What readers are made of: a file taken out of its archive, the document that comes out, and the
 * sentence for what cannot be read. Of its module it imports {@code reject}.
 */
package dev.keizoku.corpus.read.file;
