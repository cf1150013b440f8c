/**
 * How a run ends: exit codes, reasons, and the fault that carries a sentence for the user. Of its
 * module it imports nothing.
 */
package dev.keizoku.contract.fault;
