// What must hold of cards, of the feedback about them, and of its export.
import assert from 'node:assert/strict';

export const systemOfReasons = 'https://rectal-cds.example/fhir/CodeSystem/override-reason';

export const topic = (card) => card.source.topic.code;
export const about = (cards, code) => cards.find((card) => topic(card) === code);
export const reasonOf = (card, code) => card.overrideReasons.find((reason) => reason.code === code);

// Markdown and HTML that were not turned into text: emphasis, list marks, headings, links, entities, tags.
const unrendered = /\*\*|^\s*- |^\s*#|\]\(|&(amp|gt|lt|quot);|<\/?[a-z]+>/m;

// What a reader sees of cards, in one order. Left out: uuids and suggested orders, which differ from call to call.
function visible(cards) {
    return cards
        .map(({ summary, indicator, detail, source, suggestions = [], overrideReasons = [] }) => {
            const labels = suggestions.map(({ label }) => label);
            return { summary, indicator, detail, source: source.label, labels, overrideReasons };
        })
        .sort((a, b) => a.summary.localeCompare(b.summary));
}

export function assertSameToReader(cards, others) {
    assert.deepEqual(visible(cards), visible(others));
}

// `texts`: of the cards on the screen. All `cards` are there with their buttons, and no other.
export function assertShown(texts, cards) {
    assert.equal(texts.length, cards.length);
    for (const card of cards) {
        const text = texts.find((each) => each.includes(card.summary));
        assert.ok(text, `not on the screen: ${card.summary}`);
        assert.ok(text.includes(card.source.label));
        for (const { label } of card.suggestions ?? []) assert.ok(text.includes(label), `no button "${label}"`);
        assert.doesNotMatch(text, unrendered);
    }
}

// `exchange`: a feedback call (sandbox_page.mjs).
export function assertAccepted(exchange, card, suggestion) {
    const [item] = exchange.request.feedback;
    assert.deepEqual([exchange.status, item.card, item.outcome], [200, card.uuid, 'accepted']);
    assert.deepEqual(item.acceptedSuggestions, [{ id: suggestion.uuid }]);
}

export function assertOverridden(exchange, card, code) {
    const [item] = exchange.request.feedback;
    assert.deepEqual([exchange.status, item.card, item.outcome], [200, card.uuid, 'overridden']);
    assert.deepEqual(item.overrideReason, { reason: { code, system: systemOfReasons } });
}

const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));

// What the export must say of one answer; uuids and times are left out.
const rowOf = ({ recommendation, indicator, action, suggestions = [], code, hook }, { client, site }) => ({
    intervention: recommendation,
    indicator,
    action,
    suggestions,
    ...(code ? { reason_code: code, reason_system: systemOfReasons } : {}),
    user: 'Practitioner/COREPRACTITIONER1',
    location: site,
    client,
    service: `rectal-cancer-${hook}`,
    hook,
});

// `rows`: of `feedback export`; `given`: what the steps returned, in the order of time. No patient is named in them.
export function assertExported(rows, given, place) {
    const expected = given.map((answer) => rowOf(answer, place));
    const compared = rows.map((row, index) => pick(row, Object.keys(expected[index] ?? row)));
    assert.deepEqual(compared, expected);
    for (const row of rows) {
        assert.equal(row.remark, 'test clock'); // the walk runs with --today
        assert.ok(row.patient_pseudonym);
    }
    assert.doesNotMatch(JSON.stringify(rows), /pat-\d+|Test\d+/);
}
