/** Which documents are taken out of a corpus. Of its module it imports nothing. */
package dev.keizoku.corpus.removal;
