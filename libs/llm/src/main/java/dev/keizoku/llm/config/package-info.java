/**
 * What a model is before any number of it is read: its {@code config.json} in one form for every
 * supported family, and its parameters by name, shape and unit. Of its module it imports nothing.
 */
package dev.keizoku.llm.config;
