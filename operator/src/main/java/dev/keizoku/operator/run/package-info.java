/**
 * What a kind adds to a run ({@code RunKind}), and what follows from a resource alone: its store,
 * its intent, what its references lead to. Pure; knows no kind. Of its module it imports {@code
 * job}, {@code naming}, {@code settings}, {@code status} and {@code words}.
 */
package dev.keizoku.operator.run;
