/**
 * What the corpus program can do beside a build, a class a subcommand. Imports the other rooms;
 * only the main class knows it.
 */
package dev.keizoku.corpus.command;
