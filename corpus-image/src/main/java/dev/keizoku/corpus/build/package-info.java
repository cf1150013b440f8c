/**
 * The build of a version, from the run file to the committed manifest; {@code CorpusBuild} is the
 * page to begin with. Imports every stage; no stage imports it.
 */
package dev.keizoku.corpus.build;
