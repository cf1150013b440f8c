/** What each stage of a build took. */
package dev.keizoku.corpus.timing;
