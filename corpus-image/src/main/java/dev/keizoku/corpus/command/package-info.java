/**
 * What the corpus program can do beside a build, a class a subcommand. Of its module it imports
 * {@code clean}, {@code filter}, {@code read}, {@code read.file}, {@code versions}.
 */
package dev.keizoku.corpus.command;
