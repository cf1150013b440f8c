/**
 * Models behind an HTTP endpoint that speaks OpenAI's chat completions: asked patiently, within
 * bounds of time and size. Of its module it imports nothing.
 */
package dev.keizoku.eval.api;
