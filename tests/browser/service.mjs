// The program under test: in sandbox mode with a past of cards and feedback in its store, and with registered clients.
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import os from 'node:os';

const patience = 30_000; // ms
const samples = ['cetuximab-with-kras-mutation', 'bevacizumab-surgery-under-28d', 'restaging-overdue', 'kras-mutant-mss', 'msi-high'];
const weeks = ['2026-02-10', '2026-02-17', '2026-02-24', '2026-03-02'];

const freePort = () => new Promise((found) => {
  const server = net.createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

async function started(program, checkout, store, day, further = []) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const words = ['serve', '--listen', `127.0.0.1:${port}`, '--public-url', base, '--now', `${day}T10:00:00Z`, '--store', store, '--knowledge', checkout, ...further];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill());
  const ended = new Promise((end) => child.once('exit', end));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said += text; });
  const until = Date.now() + patience;
  while (!(await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false))) {
    if (Date.now() > until || child.exitCode !== null) throw new Error(`The service did not start:\n${said}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
  return { base, said: () => said, stop: () => { child.kill('SIGTERM'); return ended; } };
}

const json = (body) => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function callWith(base, name, week, i) {
  const sample = await (await fetch(`${base}/api/samples/${name}`)).json();
  const request = { ...sample.request, hookInstance: `00000000-0000-4000-8000-0000000${week}${i}000`.slice(0, 36) };
  const service = `${base}/cds-services/rectal-cancer-${request.hook}`;
  const answer = await fetch(service, json(request));
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return { service, cards: (await answer.json()).cards };
}

// Some cards are accepted, more are overridden, some get no answer.
async function report(service, cards, day, i) {
  const outcomeTimestamp = `${day}T10:05:00Z`;
  const feedback = cards.filter((_, place) => (place + i) % 4 !== 3).map((card, place) => {
    const suggestion = card.suggestions?.[0];
    if (suggestion && (place + i) % 3 === 0) return { card: card.uuid, outcome: 'accepted', acceptedSuggestions: [{ id: suggestion.uuid }], outcomeTimestamp };
    const reason = card.overrideReasons?.[i % card.overrideReasons.length];
    return { card: card.uuid, outcome: 'overridden', outcomeTimestamp, overrideReason: { reason: reason && { code: reason.code, system: reason.system, display: reason.display }, userComment: i % 2 ? 'Discussed at the meeting of this week; <b>see note</b>.' : 'Invented comment.' } };
  });
  const answer = await fetch(`${service}/feedback`, json({ feedback }));
  if (!answer.ok) throw new Error(`feedback: ${answer.status} ${await answer.text()}`);
}

async function liveThrough(service, week) {
  for (let i = 0; i < samples.length * 2; ++i) {
    const { service: address, cards } = await callWith(service.base, samples[i % samples.length], week, i);
    await report(address, cards, weeks[week], i);
  }
}

function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rectal-cds-browser-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Another site, which shows the page of `address` in a frame.
export async function siteWithFrame(address) {
  const server = http.createServer((_, answer) => answer.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>EHR</title><iframe src="${address()}"></iframe>`));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

// Two EHRs, whose cards link to our pages in the two ways, and a token that opens the feedback.
export async function serviceWithClients(program, checkout, framingOrigin) {
  const folder = temporaryFolder();
  const day = weeks.at(-1);
  const clients = [], keys = {};
  for (const linkType of ['absolute', 'smart']) {
    const out = path.join(folder, linkType);
    const registry = JSON.parse(execFileSync(program, ['token', '--new-key', 'ES384', '--out', out, '--name', linkType], { stdio: ['ignore', 'pipe', 'ignore'] }));
    clients.push({ ...registry.clients[0], iss: `https://${linkType}.example.test/fhir`, linkType });
    keys[linkType] = path.join(out, 'private.jwk.json');
  }
  const registry = path.join(folder, 'clients.json'), tokenFile = path.join(folder, 'pages-token');
  const pagesToken = 'invented-token-of-these-tests-0123456789';
  writeFileSync(registry, JSON.stringify({ clients }));
  writeFileSync(tokenFile, pagesToken, { mode: 0o600 });
  const service = await started(program, checkout, path.join(folder, 'store.sqlite'), day, ['--clients', registry, '--pages-token', tokenFile, '--frame-ancestors', framingOrigin]);
  const call = async (linkType, request) => {
    const address = `${service.base}/cds-services/rectal-cancer-${request.hook}`;
    const token = execFileSync(program, ['token', '--key', keys[linkType], '--iss', `https://${linkType}.example.test/fhir`, '--aud', address, '--now', `${day}T10:00:00Z`], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
    const { headers, ...rest } = json(request);
    const answer = await fetch(address, { ...rest, headers: { ...headers, Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${linkType}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).cards;
  };
  return { ...service, pagesToken, call };
}

// Starts the program once for each week, so that the store has a past; the last one stays.
export async function serviceWithPast(program, checkout) {
  const store = path.join(temporaryFolder(), 'store.sqlite');
  for (let week = 0; ; ++week) {
    const service = await started(program, checkout, store, weeks[week]);
    await liveThrough(service, week);
    if (week + 1 === weeks.length) return service;
    await service.stop();
  }
}
