// Draws each chart of curves with uPlot over its still picture: values under the pointer in all
// charts at once, drag to look closer, double-click to go back. Colours are the stylesheet's.
(() => {
  'use strict';
  const HEIGHT = 240;
  const probe = document.createElement('i');
  probe.hidden = true;
  document.body.append(probe);

  const styled = name => {
    probe.className = name;
    return getComputedStyle(probe);
  };
  const colour = name => styled(name).color;

  // As the page writes its numbers, whatever the reader's language.
  const text = (value, digits) => {
    const size = Math.abs(value);
    if (size > 0 && size < 1e-3) {
      return Number(value.toPrecision(digits)).toExponential();
    }
    return value.toLocaleString('en-US', {maximumSignificantDigits: digits});
  };

  // One way for all of an axis, as StillLines does.
  const axisText = (tick, ticks) =>
    tick !== 0 && Math.max(...ticks.map(Math.abs)) < 1e-2
      ? Number(tick.toPrecision(6)).toExponential()
      : text(tick, 6);

  // uPlot's own begin at the lowest value instead of a round one.
  const logarithmicTicks = (plot, index, low, high) => {
    const ticks = [];
    for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
      for (const round of high / low > 1000 ? [1] : [1, 2, 5]) {
        const tick = Number((round * power).toPrecision(2));
        if (tick >= low && tick <= high) {
          ticks.push(tick);
        }
      }
    }
    return ticks.length > 1 ? ticks : [Number(low.toPrecision(3)), Number(high.toPrecision(3))];
  };

  const ROUND = {splits: logarithmicTicks, filter: (plot, ticks) => ticks};

  const axis = more => ({
    stroke: () => colour('soft'),
    grid: {stroke: () => colour('ruled'), width: 1},
    ticks: {show: false},
    font: '12px system-ui, sans-serif',
    values: (plot, ticks) => ticks.map(tick => (tick == null ? '' : axisText(tick, ticks))),
    ...more,
  });

  const range = chart => (plot, low, high) => {
    if (low == null) {
      return [null, null];
    }
    if (chart.logarithmic) {
      return [low / 1.1, high * 1.1];
    }
    const room = (high - low || Math.abs(high) || 1) / 20;
    return [chart.fromZero ? Math.min(0, low) : low - room, high + room];
  };

  const drawMarks = chart => plot => {
    const {left, top, width, height} = plot.bbox;
    const ink = plot.ctx;
    ink.save();
    for (const mark of chart.marks) {
      const style = styled('mark ' + mark.style);
      ink.strokeStyle = style.color;
      ink.lineWidth = devicePixelRatio;
      const dashes = style.strokeDasharray === 'none' ? '' : style.strokeDasharray;
      ink.setLineDash((dashes.match(/[\d.]+/g) ?? []).map(dash => dash * devicePixelRatio));
      for (const step of mark.steps) {
        const x = Math.round(plot.valToPos(step, 'x', true));
        if (x >= left && x <= left + width) {
          ink.beginPath();
          ink.moveTo(x, top);
          ink.lineTo(x, top + height);
          ink.stroke();
        }
      }
    }
    ink.restore();
  };

  // A curve that has no value at the pointer's step shows the one before.
  const tell = outputs => plot => {
    outputs.forEach((output, index) => {
      const values = plot.data[index + 1];
      let at = plot.cursor.idx ?? -1;
      while (at >= 0 && values[at] == null) {
        at--;
      }
      output.textContent =
        at < 0 ? '' : `${text(values[at], 5)} at step ${text(plot.data[0][at], 15)}`;
    });
  };

  const draw = figure => {
    const chart = JSON.parse(figure.dataset.chart);
    const place = figure.querySelector('.live');
    figure.classList.add('drawn');
    const size = () => ({width: Math.max(200, place.clientWidth), height: HEIGHT});
    const plot = new uPlot({
      ...size(),
      legend: {show: false},
      cursor: {sync: {key: 'steps'}},
      scales: {x: {time: false}, y: {distr: chart.logarithmic ? 3 : 1, range: range(chart)}},
      axes: [axis({size: 28}), axis({size: 62, ...(chart.logarithmic && ROUND)})],
      series: [{}, ...chart.curves.map(curve => ({
        stroke: () => colour(curve.style),
        width: 1.6,
        spanGaps: true,
      }))],
      hooks: {
        draw: [drawMarks(chart)],
        setCursor: [tell([...figure.querySelectorAll('.now')])],
      },
    }, [chart.steps, ...chart.curves.map(curve => curve.values)], place);
    new ResizeObserver(() => plot.setSize(size())).observe(place);
    return plot;
  };

  const plots = [...document.querySelectorAll('[data-chart]')].map(draw);
  matchMedia('(prefers-color-scheme: dark)')
    .addEventListener('change', () => plots.forEach(plot => plot.redraw()));
})();
