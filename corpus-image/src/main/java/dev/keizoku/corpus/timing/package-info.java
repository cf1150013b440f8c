/** What each stage of a build took. Of its module it imports nothing. */
package dev.keizoku.corpus.timing;
