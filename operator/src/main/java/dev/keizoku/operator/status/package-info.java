/**
 * What a run's status is: one pure function of spec, previous status and observation. Clock and
 * observation are passed in; nothing here talks to anything. Imports the resources, the contract,
 * the words and the observed Job.
 */
package dev.keizoku.operator.status;
