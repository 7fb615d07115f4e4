// The steps in the Sandbox, each done on the screen and compared with what the program says without a browser. A step
// takes the world {page, fhir, web, service, program, say} and returns the feedback it gave, as
// {recommendation, indicator, action, suggestions, code, hook}.
import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import {
    about,
    assertAccepted,
    assertOverridden,
    assertSameToReader,
    assertShown,
    reasonOf,
    topic,
} from './expectations.mjs';

const tests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// Invented patients: untreated, RAS mutant; creatinine clearance 29 mL/min; another disease.
const mutant = { id: 'pat-002', file: path.join(tests, 'examples/kras-g12d-mss-patient-view.json') };
const renal = { id: 'pat-149', file: path.join(tests, 'scenarios/files/149-plain-us.json') };
const anal = { id: 'pat-074', file: path.join(tests, 'scenarios/files/074-mcode.json') };
export const patientFiles = [mutant, renal, anal].map(({ file }) => file);

const drug = 'capecitabine 500 MG Oral Tablet'; // as the Sandbox's list names RxNorm 200328

const hookPath = (hook) => `/cds-services/rectal-cancer-${hook}`;
const feedbackPath = (hook) => `${hookPath(hook)}/feedback`;
const show = (cards) => cards.map((card) => `\n      ${card.indicator}: ${card.summary}`).join('');

const draftedDrug = (request) => request.context.draftOrders.entry[0].resource.medicationCodeableConcept?.text;

// Opens a chart while the service is known; the hook call that this sets off.
async function openChart({ page, fhir, web }, patient) {
    const exchange = await page.during(hookPath('patient-view'), () => page.openChart(web.url, fhir.base, patient.id));
    assert.equal(exchange.status, 200);
    return exchange;
}

export async function addTheService({ page, fhir, web, service, program, say }) {
    await page.openChart(web.url, fhir.base, mutant.id);
    await page.waitForNoCards();
    say(`The chart of ${mutant.id} is open, and no service is known yet: no cards.`);

    const exchange = await page.during(hookPath('patient-view'), () => page.addService(service.discovery));
    assert.equal(exchange.status, 200);
    const { cards } = exchange.answer;
    await page.waitForCards(cards.length);
    assert.deepEqual(cards.map(topic).sort(), ['deferLocoregionalAsymptomatic', 'firstLineDoubletBevacizumab']);
    assertSameToReader(cards, await program.evaluate(mutant.file));
    assertShown(await page.cardTexts(), cards);
    assert.ok(fhir.reads.every((read) => read.byBrowser));
    await page.shoot('1-patient-view');
    say(`${service.discovery} is added in the settings. Its cards are those of "evaluate":${show(cards)}`);
    return cards;
}

export async function acceptSuggestion({ page, say }, cards) {
    const card = about(cards, 'firstLineDoubletBevacizumab');
    const [suggestion] = card.suggestions;
    const exchange = await page.takeSuggestion(card.summary, suggestion.label, feedbackPath('patient-view'));
    assertAccepted(exchange, card, suggestion);
    say(`"${suggestion.label}" is clicked: feedback "accepted", answered 200.`);
    return {
        recommendation: 'first-line-doublet-bevacizumab',
        indicator: card.indicator,
        action: 'accepted',
        suggestions: [suggestion.label],
        hook: 'patient-view',
    };
}

export async function overrideCard({ page, say }, cards) {
    const card = about(cards, 'deferLocoregionalAsymptomatic');
    const reason = reasonOf(card, 'OR-MDT');
    assertOverridden(await page.override(card.summary, reason.display, feedbackPath('patient-view')), card, 'OR-MDT');
    await page.waitForCards(cards.length - 1);
    await page.shoot('2-overridden');
    say(`The other card is overridden, "${reason.display}": feedback answered 200; the card is gone.`);
    return {
        recommendation: 'defer-locoregional-asymptomatic',
        indicator: card.indicator,
        action: 'overridden',
        code: 'OR-MDT',
        hook: 'patient-view',
    };
}

export async function openOtherPatient(world) {
    const { answer } = await openChart(world, anal);
    assert.deepEqual(answer, { cards: [] });
    await world.page.waitForNoCards();
    await world.page.shoot('3-no-cards');
    world.say(`${anal.id} has squamous anal cancer: the service answers without cards, and the Sandbox shows none.`);
}

export async function hideObservations(world) {
    const { page, fhir, program, say } = world;
    fhir.hiddenFromBrowsers.add('Observation');
    const before = fhir.reads.length;
    const { request, answer } = await openChart(world, mutant);
    fhir.hiddenFromBrowsers.clear();
    assert.ok(!('observations' in request.prefetch));
    const ofService = fhir.reads.slice(before).filter((read) => !read.byBrowser);
    assert.deepEqual(ofService, [{ type: 'Observation', byBrowser: false, status: 200 }]);
    assertSameToReader(answer.cards, await program.evaluate(mutant.file));
    await page.waitForCards(answer.cards.length);
    say('The FHIR server refuses the browser the Observations: the service reads them itself; the cards are the same.');
}

// The Sandbox does not follow the links of pages, and has no token with which the service might.
export async function shortenPages(world) {
    const { page, fhir, say } = world;
    fhir.longestPage = 10;
    const before = fhir.reads.length;
    const { request, answer } = await openChart(world, mutant);
    fhir.longestPage = Infinity;
    const { entry, total } = request.prefetch.observations;
    assert.ok(entry.length < total);
    assert.ok(fhir.reads.slice(before).every((read) => read.byBrowser));
    const withheld = about(answer.cards, 'dataUnavailable');
    assert.match(withheld.detail, /^NOT CHECKED: observations .*could not be read/);
    assert.ok(!about(answer.cards, 'firstLineDoubletBevacizumab'));
    await page.waitForCards(answer.cards.length);
    assertShown(await page.cardTexts(), answer.cards);
    await page.shoot('4-first-page-only');
    say(`The Sandbox delivers ${entry.length} of ${total} Observations, the first page:${show([withheld])}`);
}

// `act` sets off a call with the drug: the card about the kidneys, shown as "evaluate" words it.
async function cardAboutDrug({ page, program }, hook, act) {
    const exchange = await page.during(hookPath(hook), act, (request) => draftedDrug(request) === drug);
    assert.equal(exchange.status, 200);
    const { cards } = exchange.answer;
    const card = about(cards, 'capecitabineRenalImpairment');
    const expected = about(await program.evaluate(renal.file), 'capecitabineRenalImpairment');
    assert.deepEqual([card.summary, card.indicator], [expected.summary, 'critical']);
    await page.card(card.summary).waitFor();
    assertShown(await page.cardTexts(), cards);
    return card;
}

export async function selectOrder(world) {
    const { page, say } = world;
    await openChart(world, renal);
    await page.showTab('Rx View');
    const card = await cardAboutDrug(world, 'order-select', () => page.chooseMedication('capecit', drug));
    await page.shoot('5-rx-view');
    say(`Rx View, "${drug}" for ${renal.id}, creatinine clearance 29 mL/min:${show([card])}`);

    const [suggestion] = card.suggestions;
    assert.equal(suggestion.actions[0].type, 'delete');
    let feedback;
    const take = async () => {
        feedback = await page.takeSuggestion(card.summary, suggestion.label, feedbackPath('order-select'));
    };
    const isEmptied = (request) => draftedDrug(request) === undefined;
    const emptied = await page.during(hookPath('order-select'), take, isEmptied);
    assertAccepted(feedback, card, suggestion);
    assert.equal(emptied.status, 200);
    assert.deepEqual(emptied.answer.cards.map(topic), ['notAssessed']);
    assert.match(emptied.answer.cards[0].detail, /1 drafted order has no code/);
    await page.card(card.summary).waitFor({ state: 'detached' });
    await page.shoot('6-rx-view-emptied');
    say(`"${suggestion.label}" is clicked: feedback "accepted"; the Sandbox's draft names no drug any more.`);
    return {
        recommendation: 'capecitabine-renal-impairment',
        indicator: 'critical',
        action: 'accepted',
        suggestions: [suggestion.label],
        hook: 'order-select',
    };
}

export async function signOrder(world) {
    const { page, say } = world;
    await page.showTab('Rx Sign');
    await page.chooseMedication('capecit', drug);
    const card = await cardAboutDrug(world, 'order-sign', () => page.press('Sign Order'));
    await page.shoot('7-rx-sign');
    const reason = reasonOf(card, 'OR-ALTDOSE');
    assertOverridden(await page.override(card.summary, reason.display, feedbackPath('order-sign')), card, 'OR-ALTDOSE');
    await page.card(card.summary).waitFor({ state: 'detached' });
    say(`Rx Sign, the same drug, "Sign Order": the same critical card, overridden, "${reason.display}".`);
    return {
        recommendation: 'capecitabine-renal-impairment',
        indicator: 'critical',
        action: 'overridden',
        code: 'OR-ALTDOSE',
        hook: 'order-sign',
    };
}

// The Sandbox's own page names a style sheet that its build does not make, and the browser reports what
// hideObservations keeps from it.
export function findNoErrors({ page, fhir, web, say }) {
    const isExpected = ({ url, text }) =>
        url === `${web.url}/styles.css` || (url.startsWith(`${fhir.base}/Observation`) && text.includes('403'));
    assert.deepEqual(
        page.errors.filter((error) => !isExpected(error)),
        [],
    );
    assert.ok(page.exchanges.every(({ status }) => status === 200));
    say(`${page.exchanges.length} calls of the page to the service, all answered 200; the console reports none.`);
}

// The service knows the Sandbox's name and not its key.
export async function isRefused({ page, fhir, web, service, say }) {
    await page.openChart(web.url, fhir.base, mutant.id);
    await page.waitForNoCards();
    const exchange = await page.during(hookPath('patient-view'), () => page.addService(service.discovery));
    assert.equal(exchange.status, 401);
    await page.waitForNoCards();
    await page.shoot('8-refused');
    say('The service is added; its hook is answered 401, and there are no cards.');
}
