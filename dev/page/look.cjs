// Opens pages in Debian's Chromium and takes their pictures.
//   node look.cjs FOLDER PAGE.html...
// Exits 1 when a page breaks its policy or logs an error, is wider than a phone, is folded on paper,
// or has a curve without a value under the pointer.
const puppeteer = require('puppeteer-core');
const path = require('node:path');

const [folder, ...pages] = process.argv.slice(2);
const faults = [];

async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) {
    faults.push(`${name}: ${wide} px wider than the window`);
  }
}

async function values(page, name) {
  for (const chart of await page.$$('figure.curves')) {
    const over = await chart.$('.u-over');
    const box = await over.boundingBox();
    await page.evaluate(y => scrollBy(0, y - 200), box.y);
    const seen = await over.boundingBox();
    await page.mouse.move(seen.x + seen.width * 0.6, seen.y + seen.height / 2);
    await new Promise(done => setTimeout(done, 100));
    const told = await chart.$$eval('.now', outputs => outputs.map(output => output.textContent));
    if (told.length === 0 || told.some(text => !/^[-\d.,e]+ at step [\d,]+$/.test(text))) {
      faults.push(`${name}: no value under the pointer: ${JSON.stringify(told)}`);
    } else {
      console.log(`${name}: under the pointer: ${told.join('; ')}`);
    }
  }
  await page.evaluate(() => scrollTo(0, 0));
}

async function folded(page) {
  return page.$$eval('details', all => all.filter(one => {
    const inside = one.querySelector(':scope > :not(summary)');
    return inside && !inside.checkVisibility({contentVisibilityAuto: true});
  }).length);
}

async function look(browser, file) {
  const name = path.basename(file, '.html');
  const page = await browser.newPage();
  page.on('console', message => faults.push(`${name}: console: ${message.text()}`));
  page.on('pageerror', error => faults.push(`${name}: ${error.message}`));
  for (const width of [1200, 360]) {
    for (const scheme of ['light', 'dark']) {
      await page.setViewport({width, height: 800, deviceScaleFactor: 1});
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      await page.goto('file://' + file);
      await new Promise(done => setTimeout(done, 300));
      await fits(page, `${name} at ${width} px`);
      if (width === 1200 && scheme === 'light') {
        await values(page, name);
      }
      await page.screenshot({path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true});
    }
  }
  await page.pdf({path: `${folder}/${name}.pdf`, format: 'A4', printBackground: false, preferCSSPageSize: true});
  await page.close();

  const still = await browser.newPage();
  await still.setJavaScriptEnabled(false);
  await still.setViewport({width: 1200, height: 800});
  await still.goto('file://' + file);
  await still.screenshot({path: `${folder}/${name}-without-script.png`, fullPage: true});
  await still.emulateMediaType('print');
  const left = await folded(still);
  if (left > 0) {
    faults.push(`${name}: ${left} details stay folded on paper without scripts`);
  }
  await still.close();
}

(async () => {
  const browser = await puppeteer.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox']});
  for (const file of pages) {
    await look(browser, file);
  }
  await browser.close();
  faults.forEach(fault => console.error(fault));
  process.exit(faults.length > 0 ? 1 : 0);
})();
