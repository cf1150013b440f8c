/**
 * What could not be read, counted and named instead of ending the run: rejects by source and
 * reason, files that no reader takes by extension. Of its module it imports nothing.
 */
package dev.keizoku.corpus.reject;
