// Cards made of hostile texts, in a browser: nothing runs, nothing loads, nothing leads anywhere that the cards of the
// harmless record do not, and the texts change neither which cards come nor their summaries.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linksOf, rendered, textsOf, Viewer } from './page.mjs';
import { withEverything, withTexts } from './requests.mjs';
import { htmlAnswers } from './html_details.mjs';
import { markOf, running, texts } from './texts.mjs';

const { PROGRAM, CHECKOUT } = process.env;
const today = '2026-03-02';
const faults = [];
const fault = (what) => { if (faults.push(what) <= 40) console.error(`FAIL  ${what}`); };

function readRequests() {
    const names = ['kras-g12d-mss-patient-view', 'cetuximab-kras-g12d-order-sign', 'nothing-tested-patient-view'];
    return names.map((name) => ({ name, request: JSON.parse(readFileSync(path.join(CHECKOUT, 'tests/examples', `${name}.json`), 'utf8')) }));
}

// One answer for each request; the program reads one request a line.
function evaluate(requests, ...flags) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'payloads-'));
    const file = path.join(folder, 'requests.ndjson');
    writeFileSync(file, requests.map((request) => JSON.stringify(request)).join('\n') + '\n');
    try {
        const words = ['evaluate', '--knowledge', CHECKOUT, '--today', today, ...flags, file];
        return lines(execFileSync(PROGRAM, words, { maxBuffer: 1 << 28 }));
    } catch (error) {
        if (error.status !== 1) throw error; // 1: some were refused, which is an answer too
        return lines(error.stdout);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const lines = (output) => output.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
const topics = (answer) => (answer.cards ?? []).map((card) => `${card.indicator} ${card.source.topic?.code} ${card.summary}`).join('\n');

function judge(what, seen, links) {
    if (seen.ran) fault(`${what}: a script ran`);
    if (seen.loaded.length) fault(`${what}: ${seen.loaded[0]} was loaded`);
    if (seen.odd.length) fault(`${what}: unexpected ${[...new Set(seen.odd)].join(', ')}`);
    for (const link of new Set(seen.links)) if (!links.has(link)) fault(`${what}: a link leads to ${link}`);
}

async function linksIn(viewer, answer, isHtml = false) {
    const cards = answer.cards ?? [];
    const seen = await viewer.show(rendered(isHtml ? cards.map((card) => card.detail) : cards.flatMap(textsOf), isHtml));
    return new Set([...seen.links, ...cards.flatMap(linksOf)]);
}

// Unescaped, the first texts do run or load here: the page can tell.
async function control(viewer) {
    for (const text of running) {
        const seen = await viewer.show(rendered([`A finding: ${text}`]));
        if (!seen.ran && !seen.loaded.length) fault(`the check itself: unescaped, this neither ran nor loaded: ${text}`);
    }
}

// Shows what the hostile texts changed, a dozen answers on one page; each of a page with a fault by itself.
async function showAll(viewer, rows, links, isHtml = false) {
    for (let at = 0; at < rows.length; at += 12) {
        const group = rows.slice(at, at + 12);
        const before = faults.length;
        const seen = await viewer.show(rendered(group.flatMap((row) => row.texts), isHtml));
        if (!isClean(seen, links)) for (const row of group) judge(row.what, await viewer.show(rendered(row.texts, isHtml)), links);
        if (!isClean(seen, links) && faults.length === before) judge(`${group[0].what} and the next ones together`, seen, links);
        for (const row of group) row.wasShown = seen.text.includes(markOf(row.text));
    }
}

const isClean = (seen, links) => !seen.ran && !seen.loaded.length && !seen.odd.length && seen.links.every((link) => links.has(link));

// The links of ids and titles that are not hostile may differ where which cards come is not said.
function ownLinks(answers) {
    return answers.flatMap((answer) => (answer.cards ?? []).flatMap(linksOf)).filter((link) => link.startsWith('https:') && !link.includes('kit'));
}

async function answersInBrowser(viewer, { name, request }, change, flags, shown) {
    const marked = texts.map((text, number) => `${markOf(number)} ${text} ${markOf(number)}`);
    const [plain, ...hostile] = evaluate([request, ...marked.map((text) => change(request, text))], ...flags);
    if (hostile.length !== texts.length) throw new Error(`${name}: ${hostile.length} answers`);
    const harmless = new Set((plain.cards ?? []).flatMap(textsOf));
    const links = await linksIn(viewer, plain);
    for (const link of ownLinks(hostile)) links.add(link);
    const rows = hostile.map((answer, text) => {
        const what = `${name} ${flags.join(' ')} ${change.name} ${JSON.stringify(texts[text]).slice(0, 70)}`;
        if (change === withTexts && topics(answer) !== topics(plain)) fault(`${what}: other cards or summaries than without it`);
        for (const link of (answer.cards ?? []).flatMap(linksOf)) if (!links.has(link)) fault(`${what}: a link of the card leads to ${link}`);
        return { what, text, texts: [...new Set((answer.cards ?? []).flatMap(textsOf))].filter((each) => !harmless.has(each)) };
    });
    await showAll(viewer, rows, links);
    for (const row of rows) if (row.wasShown) shown.add(row.text);
    return rows.length;
}

async function htmlInBrowser(viewer, request) {
    const { plain, hostile } = await htmlAnswers(request, texts, withTexts, today);
    const rows = hostile.map((answer, text) => ({ what: `HTML detail ${JSON.stringify(texts[text]).slice(0, 70)}`, text, texts: answer.cards.map((card) => card.detail) }));
    await showAll(viewer, rows, await linksIn(viewer, plain, true), true);
    return rows.length;
}

async function main() {
    const viewer = await Viewer.open();
    const shown = new Set();
    let calls = 0;
    try {
        await control(viewer);
        const [chart, signing, untested] = readRequests();
        for (const each of [chart, signing, untested]) calls += await answersInBrowser(viewer, each, withTexts, [], shown);
        calls += await answersInBrowser(viewer, signing, withEverything, [], shown);
        calls += await answersInBrowser(viewer, chart, withTexts, ['--card-profile', 'epic'], shown);
        calls += await htmlInBrowser(viewer, chart.request);
    } finally {
        await viewer.close();
    }
    if (shown.size < texts.length) fault(`${texts.length - shown.size} texts were on no card: ${texts.filter((_, number) => !shown.has(number)).map((text) => JSON.stringify(text).slice(0, 40)).join(', ')}`);
    console.log(`${texts.length} texts, ${calls} answers in the browser, ${faults.length} faults`);
    return faults.length ? 1 : 0;
}

process.exitCode = await main();
