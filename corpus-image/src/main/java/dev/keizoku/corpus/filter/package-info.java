/**
 * Which documents are kept: a class a rule, each with the reason that is counted. Pure functions of
 * the cleaned text. Of its module it imports {@code clean}.
 */
package dev.keizoku.corpus.filter;
