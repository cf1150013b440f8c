/**
 * What the corpus program can do beside a build, a class a subcommand. Of its module it imports
 * {@code clean}, {@code read}, {@code read.file}.
 */
package dev.keizoku.corpus.command;
