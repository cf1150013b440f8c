/**
 * Charts with real axes: curves over the steps of a run, bars, intervals. Each is drawn without a
 * script by SVG that keeps its text at one size on any width; curves get uPlot on top where scripts
 * run. Of its module it imports {@code page}.
 */
package dev.keizoku.page.chart;
