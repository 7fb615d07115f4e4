// Showing what came of a run. Only `details` and the picture are HTML, made by the service; all else is set as text.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

const tag = (kind, text = kind) => element('span', { class: `tag ${kind}` }, text);
const isWebAddress = (text) => /^(https?:\/\/|\/)/.test(text ?? '');
const link = (address, text) => (isWebAddress(address) ? element('a', { href: address, rel: 'noreferrer' }, text) : document.createTextNode(text));

function shownSuggestion(suggestion, topic) {
  const actions = (suggestion.actions ?? []).map((action) => element('li', {}, `${action.type}: ${action.description ?? ''}`));
  const marks = suggestion.isRecommended ? [' ', tag('ok', 'recommended')] : [];
  return element('details', { class: 'suggestion', 'data-key': `${topic} ${suggestion.label}` }, element('summary', {}, suggestion.label, ...marks), element('ul', {}, ...actions));
}

function shownCard(card, detail, why, isFirst) {
  const head = element('p', { class: 'card-summary' }, card.summary);
  const marks = element('p', { class: 'tags' }, tag(card.indicator));
  if (why) marks.append(' ', element('a', { href: why }, 'Why this card?'));
  const text = element('div', { class: 'card-detail' });
  text.innerHTML = detail;
  const parts = [head, marks], topic = topicOf(card);
  for (const suggestion of card.suggestions ?? []) parts.push(shownSuggestion(suggestion, topic));
  parts.push(element('details', { open: isFirst, 'data-key': `${topic} details` }, element('summary', {}, 'Details'), text));
  const links = (card.links ?? []).map((each) => element('li', {}, link(each.url, each.label)));
  const reasons = (card.overrideReasons ?? []).map((each) => element('li', {}, each.display ?? each.code));
  if (reasons.length) parts.push(element('details', { 'data-key': `${topic} reasons` }, element('summary', {}, 'Reasons for overriding'), element('ul', {}, ...reasons)));
  if (links.length) parts.push(element('details', { 'data-key': `${topic} links` }, element('summary', {}, 'Links'), element('ul', {}, ...links)));
  parts.push(element('p', { class: 'small' }, 'Source: ', link(card.source?.url, card.source?.label ?? '')));
  return element('article', { class: `card ${card.indicator}`, 'aria-label': card.summary, 'data-key': topic }, ...parts);
}

export function showCards(place, run) {
  const cards = run.response.cards ?? [];
  place.replaceChildren(...cards.map((card, i) => shownCard(card, run.details[i] ?? '', run.why[i], i === 0)));
  if (cards.length) return;
  const problem = run.response.issue?.[0];
  const why = { under_18: 'the patient is under 18', deceased: 'a death is on record', out_of_scope: 'there is no active rectal adenocarcinoma', m0: 'there are no distant metastases', hospice: 'the patient is enrolled in hospice care', nothing_fired: 'everything needed was read, and no recommendation applies' };
  const text = problem ? `${run.status}: ${problem.diagnostics ?? problem.details?.text ?? problem.code}` : `No card: ${why[run.silence] ?? run.silence}.`;
  place.append(element('p', { class: problem ? 'alert' : 'note' }, text));
}

function restsOn(fact) {
  const lines = [];
  if (fact.note) lines.push(element('li', {}, fact.note));
  for (const each of fact.evidence ?? []) lines.push(element('li', {}, each.says, each.when ? ` (${each.when}) ` : ' ', element('code', {}, each.reference)));
  for (const each of fact.gaps ?? []) lines.push(element('li', { class: 'gap' }, each.what.includes(each.cause) ? each.what : `${each.what}: ${each.cause}`));
  return lines.length ? element('ul', { class: 'sources' }, ...lines) : '';
}

export function showFacts(place, facts, words, value) {
  const wanted = facts.filter((fact) => {
    if (!fact.name.toLowerCase().includes(words.toLowerCase())) return false;
    if (value === 'told') return fact.evidence || fact.gaps || fact.note;
    return !value || fact.value === value;
  });
  place.replaceChildren(...wanted.map((fact) => element('tr', {}, element('th', { scope: 'row' }, fact.name), element('td', {}, tag(fact.value)), element('td', {}, restsOn(fact)))));
}

const rank = { yes: 0, unknown: 1, no: 2 };

export function showTrace(place, recommendations, base) {
  const sorted = [...recommendations].sort((a, b) => rank[a.applies] - rank[b.applies]);
  place.replaceChildren(...sorted.map((each) => {
    const conditions = each.conditions.map((condition) => element('li', {}, tag(condition.value), ' ', condition.fact));
    const marks = each.indicator ? [' ', tag(each.indicator)] : [];
    return element('details', { class: 'trace', 'data-key': each.id }, element('summary', {}, tag(each.applies), ' ', each.id, ...marks),
      element('p', { class: 'small' }, element('a', { href: `${base}/recommendations/${each.id}` }, 'About this recommendation')), element('ol', {}, ...conditions));
  }));
}

export const told = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;

// What was unfolded stays unfolded, and the focus stays where it was, when `place` is filled again.
export function keepOpen(place, fill) {
  const keyOf = (part) => part.dataset.key;
  const states = new Map([...place.querySelectorAll('details[data-key]')].map((part) => [keyOf(part), part.open]));
  const focused = place.contains(document.activeElement) ? document.activeElement.closest('[data-key]') : null;
  fill();
  for (const part of place.querySelectorAll('details[data-key]')) if (states.has(keyOf(part))) part.open = states.get(keyOf(part));
  if (!focused) return;
  const same = [...place.querySelectorAll('[data-key]')].find((part) => keyOf(part) === keyOf(focused));
  same?.querySelector('summary, a')?.focus();
}

const topicOf = (card) => card.source?.topic?.code ?? card.summary;

// What two runs differ in: as lines, none when they agree, and as a sentence.
export function differences(before, after) {
  const lines = [], counts = { come: 0, gone: 0, severity: 0, facts: 0 };
  const cardsOf = (run) => new Map((run.response.cards ?? []).map((card) => [topicOf(card), card]));
  const old = cardsOf(before), now = cardsOf(after);
  for (const [topic, card] of now) {
    const was = old.get(topic);
    if (!was && ++counts.come) lines.push(element('li', { class: 'came' }, element('strong', {}, 'New card: '), tag(card.indicator), ' ', card.summary));
    else if (was && was.indicator !== card.indicator && ++counts.severity) lines.push(element('li', {}, element('strong', {}, 'Severity: '), card.summary, ' ', tag(was.indicator), ' → ', tag(card.indicator)));
  }
  for (const [topic, card] of old) if (!now.has(topic) && ++counts.gone) lines.push(element('li', { class: 'went' }, element('strong', {}, 'Gone: '), element('s', {}, card.summary)));
  const factsOf = (run) => new Map((run.response.extension?.['org.rectal-cds.explanation']?.facts ?? []).map((fact) => [fact.name, fact.value]));
  const oldFacts = factsOf(before);
  for (const [name, value] of factsOf(after)) {
    const was = oldFacts.get(name);
    if (was && was !== value && ++counts.facts) lines.push(element('li', {}, 'Fact: ', element('b', {}, name), ' ', tag(was), ' → ', tag(value)));
  }
  const words = [counts.come && `${told(counts.come, 'card')} more`, counts.gone && `${told(counts.gone, 'card')} gone`, counts.severity && `${told(counts.severity, 'card')} of another severity`, counts.facts && `${told(counts.facts, 'fact')} changed`];
  return { lines, words: lines.length ? `Since the run before: ${words.filter(Boolean).join(', ')}.` : 'The same as before.' };
}
