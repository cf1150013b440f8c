/**
 * The operator: what it is told by its installation. Everything else is in the packages below; a
 * reconciliation goes from {@code job} (what is observed) over {@code status} (what it means) to
 * {@code run} (what is done about it), and each kind adds its inputs and its run file.
 */
package dev.keizoku.operator;
