// The official CDS Hooks Sandbox in headless Chromium against the real program and a FHIR server, three times: without
// authentication (sandbox mode), as a registered client with the key that the Sandbox signs with, and as a client with
// another key, who is refused. `run` beside this file starts it.
//
// Environment: SANDBOX (a built checkout with playwright-core), PROGRAM, CHROMIUM, SHOTS (an existing folder, or empty).
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import * as steps from './steps.mjs';
import { FhirServer } from './fhir_server.mjs';
import { Program } from './program.mjs';
import { SandboxPage } from './sandbox_page.mjs';
import { assertExported } from './expectations.mjs';
import { serveFolder } from './static_files.mjs';

const { SANDBOX, PROGRAM, CHROMIUM, SHOTS } = process.env;
const today = '2026-03-02'; // the day that the invented patients are written for
const program = new Program(PROGRAM, today);
const site = 'Sandbox';
const client = 'cds-hooks-sandbox'; // its name in the registry
const issuer = 'https://sandbox.cds-hooks.org'; // iss of the tokens that the Sandbox signs

// Chromium cannot isolate its processes for root.
const chromiumFlags = process.getuid() === 0 ? ['--no-sandbox'] : [];

let count = 0;
const say = (text) => console.log(`${String(++count).padStart(2)}. ${text}`);

// What this Sandbox signs its calls with, as its site publishes it.
const keyOfSandbox = () => JSON.parse(readFileSync(path.join(SANDBOX, 'build/.well-known/jwks.json'), 'utf8'));

// Somebody else's key under the same name.
async function otherKey(folder) {
    const { keys } = await program.newKey(path.join(folder, 'key'));
    return { keys: [{ ...keys[0], kid: keyOfSandbox().keys[0].kid }] };
}

// Flags for a service that knows the Sandbox as its client; the FHIR server is open and on loopback.
function asClient(jwks, { folder, web, fhir }) {
    const entry = {
        name: client,
        iss: issuer,
        jku: `${issuer}/.well-known/jwks.json`,
        jwks,
        corsOrigins: [web.url],
        fhirServers: [fhir.base],
        fetchWithoutToken: true,
        addressRanges: ['127.0.0.0/8'],
    };
    const file = path.join(folder, 'clients.json');
    writeFileSync(file, JSON.stringify({ clients: [entry] }));
    return ['--clients', file, '--no-remember']; // the chart of one patient is opened twice
}

async function wholeWalk(world) {
    const cards = await steps.addTheService(world);
    const given = [await steps.acceptSuggestion(world, cards), await steps.overrideCard(world, cards)];
    await steps.openOtherPatient(world);
    await steps.hideObservations(world);
    await steps.shortenPages(world);
    given.push(await steps.selectOrder(world), await steps.signOrder(world));
    steps.findNoErrors(world);
    assertExported(await program.exportFeedback(world.store), given, { client: world.client, site });
    say(`"feedback export" has these ${given.length} answers, and no other.`);
}

const openWorld = ({ fhir }) => ({
    name: 'open',
    title: 'Sandbox mode: no caller is authenticated',
    client: 'sandbox',
    flags: ['--fhir-server', fhir.base],
    walk: wholeWalk,
});

const registeredWorld = (around) => ({
    name: 'registered',
    title: 'The Sandbox is a registered client',
    client,
    flags: asClient(keyOfSandbox(), around),
    walk: wholeWalk,
});

const refusedWorld = async (around) => ({
    name: 'refused',
    title: 'Its name is registered with the key of somebody else',
    client,
    flags: asClient(await otherKey(around.folder), around),
    walk: steps.isRefused,
});

// A service with `flags` and a fresh browser for one walk.
async function inWorld({ name, title, client, flags, walk }, around) {
    console.log(title);
    const { folder, browser, fhir } = around;
    const store = path.join(folder, `${name}.sqlite`);
    const service = await program.serve([...flags, '--store', store, '--location', site]);
    try {
        fhir.reads.length = 0;
        const page = await SandboxPage.open(browser, service.base, SHOTS && path.join(SHOTS, name));
        await walk({ ...around, page, service, store, client, program, say }).catch(async (error) => {
            await page.shoot('failed');
            console.error(`Failed after step ${count}. Errors that the page reported:`, page.errors);
            throw error;
        });
        await page.close();
    } finally {
        await service.stop();
    }
}

async function main() {
    const { chromium } = createRequire(path.join(SANDBOX, 'package.json'))('playwright-core');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'rectal-cds-sandbox-'));
    const close = [() => rmSync(folder, { recursive: true })];
    try {
        const fhir = new FhirServer(steps.patientFiles);
        await fhir.listen();
        close.unshift(() => fhir.close());
        const web = await serveFolder(path.join(SANDBOX, 'build'));
        close.unshift(() => web.close());
        const browser = await chromium.launch({ executablePath: CHROMIUM, args: chromiumFlags });
        close.unshift(() => browser.close());
        const around = { folder, fhir, web, browser };

        for (const make of [openWorld, registeredWorld, refusedWorld]) await inWorld(await make(around), around);
    } finally {
        for (const each of close) await each();
    }
}

await main();
console.log('Everything was seen as expected.');
