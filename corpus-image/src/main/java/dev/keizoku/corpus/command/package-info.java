/**
 * What the corpus program can do beside a build, a class a subcommand. Of its module it imports
 * {@code clean}, {@code read}.
 */
package dev.keizoku.corpus.command;
