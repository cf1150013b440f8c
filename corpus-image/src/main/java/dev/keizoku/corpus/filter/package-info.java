/**
 * Which documents are kept: a class a rule, each with the reason that is counted. Pure functions of
 * the cleaned text; imports the contract and the JDK only.
 */
package dev.keizoku.corpus.filter;
