/**
 * How a run ends: exit codes, reasons, and the fault that carries a sentence for the user. Imports
 * the JDK only.
 */
package dev.keizoku.contract.fault;
