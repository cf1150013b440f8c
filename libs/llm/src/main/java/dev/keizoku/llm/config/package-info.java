/**
 * What a model is before any number of it is read: its {@code config.json} in one form for every
 * supported family, and its parameters by name, shape and unit. Imports the contract's faults.
 */
package dev.keizoku.llm.config;
