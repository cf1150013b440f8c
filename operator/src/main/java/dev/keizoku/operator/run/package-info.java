/**
 * What a kind adds to a run ({@code RunKind}), and what follows from a resource alone: its store,
 * its intent, what its references lead to. Pure; knows no kind. Imports {@code job}, {@code
 * status}, {@code words}, {@code naming} and {@code settings}.
 */
package dev.keizoku.operator.run;
