// Answers with details as HTML, which only a registered Epic client gets: the program is served with such a client.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const { PROGRAM, CHECKOUT } = process.env;
const publicUrl = 'https://cds.kit.test';
const service = '/cds-services/rectal-cancer-patient-view';

export async function htmlAnswers(request, texts, change, today) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'payloads-'));
    const token = register(folder);
    const flags = ['--listen', '127.0.0.1:0', '--knowledge', CHECKOUT, '--now', `${today}T12:00:00Z`,
        '--clients', path.join(folder, 'clients.json'), '--public-url', publicUrl];
    const child = spawn(PROGRAM, ['serve', ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
        const base = await address(child);
        const ask = (body) => post(base, token, body);
        const plain = await ask(request), hostile = [];
        for (const text of texts) hostile.push(await ask(change(request, text)));
        if (!plain.cards.some((card) => card.detail.includes('<p>'))) throw new Error('the details are no HTML');
        return { plain, hostile };
    } finally {
        if (child.exitCode === null) {
            child.kill('SIGTERM');
            await new Promise((end) => child.once('exit', end));
        }
        rmSync(folder, { recursive: true });
    }
}

// A client with HTML details and a token that it may use for all calls.
function register(folder) {
    const keys = path.join(folder, 'keys');
    const registry = JSON.parse(execFileSync(PROGRAM, ['token', '--new-key', 'ES384', '--out', keys, '--epic'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    Object.assign(registry.clients[0], { htmlDetail: true, usesPerToken: 1000 });
    writeFileSync(path.join(folder, 'clients.json'), JSON.stringify(registry));
    const words = ['--key', path.join(keys, 'private.jwk.json'), '--iss', registry.clients[0].iss, '--aud', publicUrl + service, '--epic'];
    return execFileSync(PROGRAM, ['token', ...words, '--now', '2026-03-02T11:59:00Z']).toString().trim();
}

function address(child) {
    return new Promise((found, failed) => {
        let said = '';
        const listen = (text) => {
            said += text;
            const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
            if (match) found(match[0]);
        };
        child.stdout.on('data', listen);
        child.stderr.on('data', listen);
        child.once('exit', (code) => failed(new Error(`the service ended with ${code}: ${said}`)));
    });
}

async function post(base, token, request) {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const answer = await fetch(base + service, { method: 'POST', headers, body: JSON.stringify(request) });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.json();
}
