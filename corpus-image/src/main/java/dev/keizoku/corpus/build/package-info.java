/**
 * The build of a version, from the run file to the committed manifest; {@code CorpusBuild} is the
 * page to begin with. Of its module it imports {@code clean}, {@code decontaminate}, {@code dedup},
 * {@code filter}, {@code kept}, {@code paragraph}, {@code questions}, {@code read}, {@code
 * read.file}, {@code reject}, {@code removal}, {@code report}, {@code split}, {@code spool}, {@code
 * timing}, {@code tokenize}, {@code versions}, {@code write}.
 */
package dev.keizoku.corpus.build;
