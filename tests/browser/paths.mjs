// What people do with the pages.
import assert from 'node:assert/strict';
import { judgeAccessibility, watchedPage } from './visits.mjs';

const textOf = (page, selector) => page.locator(selector).innerText();

async function searchesTheCatalogue({ page, base }) {
  await page.goto(`${base}/recommendations`);
  await page.fill('#q', 'ras egfr');
  await page.waitForFunction(() => /^\d+ of \d+/.test(document.querySelector('#results .count').textContent));
  assert.match(page.url(), /\?q=ras\+egfr$/);
  await page.selectOption('#f-severity', 'critical');
  await page.waitForFunction(() => location.search.includes('severity=critical'));
  await page.getByRole('link', { name: 'EGFR antibody ordered in RAS-mutant disease' }).click();
  assert.match(await textOf(page, 'main'), /RAS mutant/);
}

async function readsByKeyboard({ page, base }) {
  await page.goto(base);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
}

async function asksWhy({ page, base, axe }) {
  const sample = await (await fetch(`${base}/api/samples/cetuximab-with-kras-mutation`)).json();
  const answer = await fetch(`${base}/cds-services/rectal-cancer-${sample.request.hook}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sample.request) });
  const card = (await answer.json()).cards[0];
  const link = card.links.find((each) => each.url.includes('/why/'));
  await page.goto(link.url);
  const text = await textOf(page, 'main');
  for (const part of [card.summary, 'RAS mutant', 'KRAS', 'Observation/', 'What would change the answer', 'What was missing']) assert.ok(text.includes(part), part);
  await judgeAccessibility(page, 'why', axe);
  await page.getByRole('link', { name: 'Change a fact of an invented patient' }).first().click();
  await page.locator('#cards .card').first().waitFor();
  assert.match(page.url(), /sample=/);
}

const cards = (page) => page.locator('#cards .card-summary').allInnerTexts();
const settled = (page) => page.waitForFunction(() => /judged as of/.test(document.getElementById('state').textContent));

async function simulates({ page, base, axe }) {
  await page.goto(`${base}/simulator?sample=cetuximab-with-ras-wild-type`);
  await settled(page);
  const before = await cards(page);
  await page.selectOption('#fact-kras', { label: 'p.G12D' });
  await page.locator('#changes .came').first().waitFor();
  const after = await cards(page);
  assert.ok(!before.some((each) => each.startsWith('RAS mutation on record')) && after.some((each) => each.startsWith('RAS mutation on record')), after.join('\n'));
  assert.match(await textOf(page, '#changes'), /Fact: RAS mutant\s+no\s+→\s+yes/);
  await judgeAccessibility(page, 'simulator with changes', axe);
  await page.getByRole('link', { name: 'Why this card?' }).first().click();
  assert.match(await textOf(page, 'main'), /Its conditions, one by one/);
}

async function buildsAPatient({ page, base }) {
  await page.goto(`${base}/simulator`);
  await settled(page);
  for (const [field, label] of [['m', 'M1, liver'], ['therapy', '4 cycles of CAPOX with bevacizumab, the last 14 days ago'], ['cea', 'falling'], ['radiotherapy', 'ended 150 days ago'], ['draft', 'liver resection in 10 days']]) {
    await page.selectOption(`#fact-${field}`, { label });
    await settled(page);
  }
  await page.waitForFunction(() => [...document.querySelectorAll('#cards .card-summary')].some((each) => /bevacizumab/i.test(each.textContent)));
  assert.equal(await page.inputValue('#hook'), 'order-sign');
  const picture = await page.locator('#picture svg').innerHTML();
  for (const part of ['under 28 days after bevacizumab', '5 to 6 months after 5 x 5 Gy', 'CEA', 'Surgery']) assert.ok(picture.includes(part), part);
  await page.locator('#course-words summary').click();
  assert.ok((await page.locator('#course-rows tr').count()) > 10);
}

async function pastes({ page, base }) {
  await page.goto(`${base}/simulator`);
  await settled(page);
  await page.getByText('Paste a request or a Bundle').click();
  await page.fill('#pasted', 'nonsense');
  await page.getByRole('button', { name: 'Judge it' }).click();
  assert.equal(await textOf(page, '#paste-problem'), 'This is not JSON.');
  const sample = await (await fetch(`${base}/api/samples/kras-mutant-mss`)).json();
  const resources = Object.values(sample.request.prefetch).flatMap((each) => (each.resourceType === 'Bundle' ? (each.entry ?? []).map((entry) => entry.resource) : [each]));
  await page.fill('#pasted', JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) }));
  await page.getByRole('button', { name: 'Judge it' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('#cards .card-summary')].some((each) => /bevacizumab/i.test(each.textContent)));
}

async function looksAtFeedback({ page, base }) {
  await page.goto(`${base}/feedback`);
  await page.getByText(/^The newest \d+$/).click();
  const text = await textOf(page, 'main');
  for (const part of ['cards issued', 'overridden', 'By recommendation', '<b>see note</b>']) assert.ok(text.includes(part), part);
  for (const [kind, type] of [['csv', 'text/csv; charset=utf-8'], ['json', 'application/json']]) {
    const answer = await fetch(`${base}/feedback/export.${kind}?weeks=13`);
    assert.equal(answer.headers.get('content-type'), type);
    assert.ok((await answer.text()).includes('overridden'));
  }
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  assert.equal((await download).suggestedFilename(), 'feedback.csv');
}

async function worksWithoutScripts({ browser, base }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/recommendations`);
  await page.fill('#q', 'warfarin');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.match(await textOf(page, '#results .count'), /^\d+ of \d+/);
  await page.goto(`${base}/simulator`);
  assert.match(await textOf(page, 'main'), /The simulator needs scripts/);
  await context.close();
}

async function printsOnWhite({ page, base }) {
  await page.goto(`${base}/recommendations/anti-egfr-ras-mutant`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('header.site nav').isVisible(), false);
}

export const paths = { searchesTheCatalogue, readsByKeyboard, asksWhy, simulates, buildsAPatient, pastes, looksAtFeedback, worksWithoutScripts, printsOnWhite };

// Each path in a browser context of its own.
export async function walkAll(world) {
  for (const [name, walk] of Object.entries(paths)) {
    const context = await world.browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, problems } = await watchedPage(context, world.base);
    try {
      await walk({ ...world, page });
      assert.deepEqual(problems, []);
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    }
    await context.close();
    console.log(`  ${name}`);
  }
}
