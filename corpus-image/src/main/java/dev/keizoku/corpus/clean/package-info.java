/**
 * Makes characters and white space uniform without changing what a text says: amounts, circled
 * numbers and unit signs of financial text stay. Pure functions. Of its module it imports {@code
 * unicode}.
 */
package dev.keizoku.corpus.clean;
