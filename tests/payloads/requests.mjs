// Calls whose texts are hostile. Codes, dates and values stay as they are, so the same cards must come.
const textual = new Set(['display', 'title', 'description', 'conclusion', 'comment', 'patientInstruction', 'note']);

// A copy in which every text that a card could show ends with `text`, and those that were absent are there.
export function withTexts(request, text) {
    const copy = structuredClone(request);
    spread(copy.prefetch, text);
    spread(copy.context.draftOrders, text);
    return copy;
}

function spread(value, text) {
    if (Array.isArray(value)) for (const entry of value) spread(entry, text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
    for (const [name, member] of Object.entries(value)) {
        if (textual.has(name) && typeof member === 'string') value[name] = `${member} ${text}`;
        else spread(member, text);
    }
    if (Array.isArray(value.coding)) nameConcept(value, text);
    if (typeof value.reference === 'string') value.display = text;
    if (value.resourceType) nameResource(value, text);
}

function nameConcept(concept, text) {
    for (const coding of concept.coding) coding.display ??= text;
    concept.text = text;
}

function nameResource(resource, text) {
    resource.text = { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>` };
    if (resource.resourceType === 'Patient') resource.name = [{ text, family: text, given: [text] }];
    else if (resource.resourceType !== 'Bundle') resource.note = [{ text }];
    if (resource.resourceType === 'DiagnosticReport') resource.conclusion = text;
}

// A copy in which also what is no text is hostile: ids, units, dates. Which cards come is not said.
export function withEverything(request, text) {
    const copy = withTexts(request, text);
    for (const bundle of [...Object.values(copy.prefetch), copy.context.draftOrders ?? {}]) {
        (bundle.entry ?? []).forEach(({ resource }, number) => disturb(resource, text, number));
    }
    return copy;
}

function disturb(resource, text, number) {
    resource.id = `${number}-${text.replaceAll('/', '')}`.replace(/[\u0000-\u001f]/g, '').slice(0, 200);
    if (resource.valueQuantity) resource.valueQuantity.unit = text;
    if (number % 3 === 0 && resource.effectiveDateTime) resource.effectiveDateTime += text;
    if (number % 4 === 0 && resource.status) resource.status = text;
}
