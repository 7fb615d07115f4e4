// Every page at three widths, light and dark: what axe-core finds, what the console says, where requests go.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export const widths = [360, 768, 1280];
const height = 900;

// A page whose errors and foreign requests are kept.
export async function watchedPage(context, base) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) problems.push(`request: ${request.url()}`); });
  return { page, problems };
}

// axe-core reads the page from outside, past the page's own policy.
export async function judgeAccessibility(page, where, axeFile) {
  await page.evaluate(readFileSync(axeFile, 'utf8'));
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
  const severe = found.filter((each) => ['serious', 'critical'].includes(each.impact));
  const told = severe.map((each) => `${each.id} (${each.impact}): ${each.help}\n    ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join('\n    ')}`);
  assert.equal(severe.length, 0, `${where}:\n  ${told.join('\n  ')}`);
}

async function isSettled(page) {
  if (new URL(page.url()).pathname === '/simulator') await page.locator('#cards > *').first().waitFor();
}

// `addresses`: what each page is called, and its path.
export async function visitAll({ browser, base, axe, shots }, addresses) {
  let visits = 0;
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, viewport: { width: widths[0], height } });
    const { page, problems } = await watchedPage(context, base);
    for (const [name, address] of Object.entries(addresses)) {
      await page.setViewportSize({ width: widths[0], height });
      const answer = await page.goto(base + address);
      assert.ok(answer.status() < 400, `${name}: ${answer.status()}`);
      await isSettled(page);
      for (const width of widths) {
        const where = `${name}, ${width} px, ${colorScheme}`;
        await page.setViewportSize({ width, height });
        await judgeAccessibility(page, where, axe);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${where}: ${overflow} px wider than the window`);
        if (shots) await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
        ++visits;
      }
      assert.deepEqual(problems, [], name);
    }
    await context.close();
  }
  return visits;
}
