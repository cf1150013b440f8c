/**
 * The build of a version, from the run file to the committed manifest; {@code CorpusBuild} is the
 * page to begin with. Of its module it imports {@code clean}, {@code dedup}, {@code filter}, {@code
 * read}, {@code report}, {@code split}, {@code spool}, {@code tokenize} and {@code write}.
 */
package dev.keizoku.corpus.build;
