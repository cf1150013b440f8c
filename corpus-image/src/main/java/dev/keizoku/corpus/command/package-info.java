/**
 * What the corpus program can do beside a build, a class a subcommand. Of its module it imports
 * {@code build}, {@code clean} and {@code read}.
 */
package dev.keizoku.corpus.command;
