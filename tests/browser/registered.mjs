// The pages of a service with registered clients: who sees what.
import assert from 'node:assert/strict';
import { serviceWithClients, siteWithFrame } from './service.mjs';
import { watchedPage } from './visits.mjs';

const card = async (service, linkType, samples) => {
  const cards = await service.call(linkType, samples);
  const own = cards[0].links.find((each) => each.url.includes('/why/'));
  return { card: cards[0], link: own };
};

// The site that is named may show the page in a frame, another one may not.
async function judgeFrames(browser, { named, other }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(named.origin);
  await page.frameLocator('iframe').getByRole('heading', { name: 'Why this card' }).waitFor();
  await page.goto(other.origin);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.frameLocator('iframe').getByRole('heading', { name: 'Why this card' }).count(), 0);
  await context.close();
}

export async function walkWithClients({ browser, program, checkout, sample }) {
  let framed = '';
  const sites = { named: await siteWithFrame(() => framed), other: await siteWithFrame(() => framed) };
  const service = await serviceWithClients(program, checkout, sites.named.origin);
  const context = await browser.newContext();
  const { page, problems } = await watchedPage(context, service.base);
  const visit = async (address, status) => assert.equal((await page.goto(address.startsWith('http') ? address : service.base + address)).status(), status, address);
  const text = () => page.locator('main').innerText();

  for (const address of ['/', '/recommendations', '/recommendations/anti-egfr-ras-mutant', '/about']) await visit(address, 200);
  assert.match((await page.goto(service.base)) && (await text()), /registered clients with a signed token/);
  assert.ok(!(await page.locator('header.site nav').innerText()).includes('Simulator'));
  assert.equal((await fetch(`${service.base}/simulator`)).status, 404);
  assert.equal((await fetch(`${service.base}/feedback`)).status, 401);

  for (const linkType of ['absolute', 'smart']) {
    const { card: issued, link } = await card(service, linkType, sample);
    assert.equal(link.type, linkType);
    await visit(link.url + (linkType === 'smart' ? '&iss=https%3A%2F%2Fsmart.example.test%2Ffhir&launch=abc' : ''), 200);
    assert.ok((await text()).includes(issued.summary));
    const bare = link.url.split('?')[0];
    for (const wrong of [bare, `${bare}?e=9999999999&s=${'0'.repeat(64)}`]) assert.equal((await fetch(wrong)).status, 404, wrong);
    framed = link.url;
  }
  assert.deepEqual(problems, []);
  await context.close();
  await judgeFrames(browser, sites);

  const governing = await browser.newContext({ httpCredentials: { username: 'any', password: service.pagesToken } });
  const opened = await governing.newPage();
  assert.equal((await opened.goto(`${service.base}/feedback`)).status(), 200);
  assert.match(await opened.locator('main').innerText(), /Export CSV/);
  await opened.goto(`${service.base}/recommendations/anti-egfr-ras-mutant`);
  assert.match(await opened.locator('main').innerText(), /unanswered/);
  await governing.close();
  sites.named.stop(), sites.other.stop();
  await service.stop();
}
