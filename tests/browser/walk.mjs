// All pages in Chromium against the real program. `run` beside this file starts it.
//
// Environment: PROGRAM, CHECKOUT (for its knowledge), CHROMIUM, MODULES (folder with node_modules), SHOTS (an existing
// folder, or nothing).
import { createRequire } from 'node:module';
import path from 'node:path';

import { serviceWithPast } from './service.mjs';
import { walkWithClients } from './registered.mjs';
import { visitAll } from './visits.mjs';
import { walkAll } from './paths.mjs';

const { PROGRAM, CHECKOUT, CHROMIUM, MODULES, SHOTS } = process.env;
const require = createRequire(path.join(MODULES, 'package.json'));
const { chromium } = require('playwright-core');

// Chromium cannot isolate its processes for root.
const flags = process.getuid() === 0 ? ['--no-sandbox'] : [];

async function explainedCard(base) {
  const sample = await (await fetch(`${base}/api/samples/cetuximab-with-kras-mutation`)).json();
  const run = await fetch(`${base}/api/simulate`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sample) });
  return (await run.json()).why[0];
}

const service = await serviceWithPast(PROGRAM, CHECKOUT);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...flags, '--disable-gpu', '--disable-dev-shm-usage'] });
const world = { browser, base: service.base, axe: require.resolve('axe-core/axe.min.js'), shots: SHOTS };
try {
  const addresses = {
    home: '/', recommendations: '/recommendations', recommendation: '/recommendations/anti-egfr-ras-mutant', about: '/about',
    why: await explainedCard(service.base), simulator: '/simulator?sample=surgery-window-after-scrt', feedback: '/feedback',
  };
  const visits = await visitAll(world, addresses);
  console.log(`${visits} visits: nothing serious or critical found, no error, no request elsewhere.`);
  console.log('What people do:');
  await walkAll(world);
  const sample = await (await fetch(`${service.base}/api/samples/cetuximab-with-kras-mutation`)).json();
  await walkWithClients({ browser, program: PROGRAM, checkout: CHECKOUT, sample: sample.request });
  console.log('  with registered clients');
} finally {
  await browser.close();
  await service.stop();
}
