/**
 * Markup in, running text out, with every number at its place: pages and Markdown. Pure functions
 * of strings and trees. Of its module it imports {@code clean}.
 */
package dev.keizoku.corpus.read.markup;
