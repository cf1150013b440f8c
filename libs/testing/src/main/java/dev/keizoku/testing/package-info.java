/**
 * Real servers that tests of several modules start on this machine, and the reference libraries
 * that they ask. A test dependency only; imports the contract and JUnit.
 */
package dev.keizoku.testing;
