// What people do with the pages.
import assert from 'node:assert/strict';
import { judgeAccessibility, watchedPage } from './visits.mjs';

const textOf = (page, selector) => page.locator(selector).innerText();

async function searchesTheCatalogue({ page, base }) {
  await page.goto(`${base}/recommendations`);
  await page.fill('#q', 'ras egfr');
  await page.waitForFunction(() => /^\d+ of \d+/.test(document.getElementById('found').textContent));
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
const settled = (page) => page.waitForFunction(() => document.querySelector('.outcome').getAttribute('aria-busy') === 'false');

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
  for (const [button, name] of [['Export CSV', 'feedback.csv'], ['Export JSON', 'feedback.json']]) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    assert.equal((await download).suggestedFilename(), name);
  }
  const unclear = await fetch(`${base}/feedback/export.csv?from=soon`);
  assert.equal(unclear.status, 400);
  assert.match(await unclear.text(), /No export/);
}

async function worksWithoutScripts({ browser, base }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/recommendations`);
  await page.fill('#q', 'warfarin');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.match(await textOf(page, '#found'), /^\d+ of \d+/);
  await page.goto(`${base}/simulator`);
  assert.match(await textOf(page, 'main'), /The simulator needs scripts/);
  await context.close();
}

async function printsOnWhiteAndWhole({ page, base }) {
  await page.goto(`${base}/recommendations/anti-egfr-ras-mutant`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  for (const left of ['header.site nav', 'nav.contents']) assert.equal(await page.locator(left).isVisible(), false, left);
  await page.goto(`${base}/feedback`);
  assert.ok((await page.locator('#time-h ~ details table').boundingBox()).height > 50, 'the table is not printed');
}

async function holdsStillWhereThatIsAskedFor({ page, base }) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${base}/recommendations`);
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((each) => {
    const style = getComputedStyle(each);
    return Number.parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
  }).length);
  assert.equal(moving, 0);
}

// Every control of a page is reached in the order of the page, can be seen, and shows that it has the focus.
async function reachesEverythingByKeyboard({ page, base }) {
  for (const address of ['/', '/recommendations', '/simulator?sample=kras-mutant-mss', '/feedback', '/about']) {
    await page.goto(base + address);
    if (address.startsWith('/simulator')) await settled(page);
    const controls = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
      const reachable = all.filter((each) => each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
      reachable.forEach((each, i) => { each.dataset.place = i; });
      return reachable.length;
    });
    const seen = [];
    for (let i = 0; i < controls * 4 && seen.length < controls; ++i) { // a date has several parts
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => {
        const focused = document.activeElement, style = getComputedStyle(focused);
        return { place: focused.dataset.place, outline: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2, name: focused.outerHTML.slice(0, 120) };
      });
      if (now.place === undefined || now.place === seen.at(-1)) continue;
      seen.push(now.place);
      assert.ok(now.outline, `${address}: no visible focus on ${now.name}`);
    }
    assert.deepEqual(seen, [...Array(controls).keys()].map(String), address);
  }
}

// The simulator's cards are those of the service, but for the ids that are made anew for each answer.
async function simulatesWhatTheServiceAnswers({ base }) {
  const withoutIds = (cards) => JSON.stringify(cards).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
  const post = async (address, body) => (await fetch(base + address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
  const samples = await (await fetch(`${base}/api/samples`)).json();
  let compared = 0;
  for (const { name, hook, today } of samples) {
    if (today !== '2026-03-02') continue; // the day of the service under test
    const { request } = await (await fetch(`${base}/api/samples/${name}`)).json();
    const simulated = await post('/api/simulate', { request });
    const answered = await post(`/cds-services/rectal-cancer-${hook}`, request);
    assert.ok(simulated.response.cards.length === 0 || withoutIds(answered.cards).includes('/why/ID'), name);
    assert.equal(withoutIds(simulated.response.cards), withoutIds(answered.cards), name);
    ++compared;
  }
  assert.ok(compared >= 20, `${compared} samples were compared`);
}

async function keepsPlaceWhileAFactChanges({ page, base }) {
  await page.goto(`${base}/simulator?sample=cetuximab-with-ras-wild-type`);
  await settled(page);
  await page.locator('#trace details summary').nth(3).click();
  const opened = await page.locator('#trace details[open]').getAttribute('data-key');
  await page.locator('#fact-kras').focus();
  await page.selectOption('#fact-kras', { label: 'p.G12D' });
  await page.locator('#changes .came').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'fact-kras');
  assert.equal(await page.locator(`#trace details[data-key="${opened}"]`).getAttribute('open'), '');
  assert.match(await textOf(page, '#state'), /Since the run before: .*1 card more/);
  assert.equal(await page.getAttribute('#state', 'role'), 'status');
}

// Every link of our own leads somewhere.
async function followsEveryLink({ page, base }) {
  const known = new Set(['/']), open = ['/'];
  while (open.length) {
    const address = open.pop();
    const answer = await page.goto(base + address);
    assert.equal(answer.status(), 200, address);
    if (address.startsWith('/simulator')) await settled(page);
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((each) => each.href));
    for (const link of links) {
      const url = new URL(link);
      if (url.origin !== base || url.pathname.startsWith('/feedback/') || url.pathname.startsWith('/why/')) continue;
      if (url.hash) assert.ok(url.pathname + url.search !== address || (await page.locator(url.hash).count()) === 1, `${address}: ${url.hash}`);
      const next = url.pathname + (url.pathname === '/simulator' ? '' : url.search);
      if (!known.has(next)) known.add(next) && open.push(next);
    }
  }
  assert.ok(known.size > 70, `${known.size} pages`);
}

export const paths = {
  searchesTheCatalogue, readsByKeyboard, reachesEverythingByKeyboard, followsEveryLink, asksWhy, simulates, simulatesWhatTheServiceAnswers,
  keepsPlaceWhileAFactChanges, buildsAPatient, pastes, looksAtFeedback, worksWithoutScripts, holdsStillWhereThatIsAskedFor, printsOnWhiteAndWhole,
};

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
