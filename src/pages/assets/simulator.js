// The simulator: a record, facts laid over it, one run after each change.
import { changed, newRequest, readPasted } from './simulator_record.js';
import { differences, element, keepOpen, showCards, showFacts, showTrace, told } from './simulator_view.js';

const root = document.getElementById('simulator');
const at = (id) => document.getElementById(id);
const address = root.dataset.base;
const longLabel = 14; // characters that fit into half of the column
let form, base, lastRun, newest = 0;

const choices = () => Object.fromEntries([...root.querySelectorAll('select[data-field]')].filter((each) => each.value !== '').map((each) => [each.dataset.field, Number(each.value)]));

function buildFields() {
  const isWide = matchMedia('(min-width: 62rem)').matches;
  const groups = new Map();
  for (const field of form.fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  for (const [group, fields] of groups) {
    const set = element('details', { class: 'panel', open: isWide || !at('fields').children.length }, element('summary', {}, group));
    const grid = element('div', { class: 'grid', role: 'group', 'aria-label': group });
    for (const field of fields) {
      const select = element('select', { id: `fact-${field.id}`, 'data-field': field.id }, element('option', { value: '' }, 'as recorded'));
      field.options.forEach((option, i) => select.append(element('option', { value: i }, option.label)));
      const isLong = field.options.some((option) => option.label.length > longLabel);
      grid.append(element('div', { class: isLong ? 'field long' : 'field' }, element('label', { for: `fact-${field.id}` }, field.label), select));
    }
    set.append(grid);
    at('fields').append(set);
  }
}

function show(run, request, isFirst) {
  const explanation = run.response.extension?.['org.rectal-cds.explanation'] ?? { facts: [], recommendations: [] };
  at('picture').innerHTML = run.timeline.picture || '<p class="small">Nothing dated was read.</p>';
  at('course-rows').innerHTML = run.timeline.rows;
  if (isFirst) at('picture').scrollLeft = at('picture').scrollWidth; // where it is cut off, the last days count
  keepOpen(at('cards'), () => showCards(at('cards'), run));
  at('facts').facts = explanation.facts;
  refreshFacts();
  keepOpen(at('trace'), () => showTrace(at('trace'), explanation.recommendations, address));
  at('request-json').textContent = JSON.stringify(request, null, 1);
  at('response-json').textContent = JSON.stringify(run.response, null, 1);
  const isCompared = !isFirst && Boolean(lastRun);
  const found = isCompared ? differences(lastRun, run) : { lines: [], words: '' };
  at('changes').hidden = !isCompared;
  at('changes-list').replaceChildren(found.lines.length ? element('ul', {}, ...found.lines) : element('p', {}, 'Nothing: the same cards, with the same facts.'));
  at('state').textContent = [`${told(run.response.cards?.length ?? 0, 'card')}, judged as of ${at('today').value}.`, found.words].filter(Boolean).join(' ');
}

const refreshFacts = () => showFacts(at('facts'), at('facts').facts ?? [], at('fact-words').value, at('fact-value').value);

async function judge(request) {
  try {
    const answer = await fetch(`${address}/api/simulate`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ today: at('today').value, request }) });
    if (answer.ok) return { run: await answer.json() };
    const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
    return { problem: (isJson && (await answer.json()).what) || `the service answered ${answer.status}.` };
  } catch {
    return { problem: 'the service could not be reached.' };
  }
}

async function run(isFirst) {
  const number = ++newest;
  const request = changed(base, form, choices(), at('hook').value, at('today').value);
  const outcome = root.querySelector('.outcome');
  outcome.setAttribute('aria-busy', 'true');
  const answer = await judge(request);
  if (number !== newest) return;
  outcome.setAttribute('aria-busy', 'false');
  for (const select of root.querySelectorAll('select[data-field]')) select.closest('.field').classList.toggle('changed', select.value !== '');
  if (answer.problem) {
    at('state').textContent = `Not judged: ${answer.problem} What stands below is of the run before.`;
    return;
  }
  show(answer.run, request, isFirst);
  lastRun = answer.run;
}

function start(request, today) {
  base = request;
  for (const select of root.querySelectorAll('select[data-field]')) select.value = '';
  at('hook').value = request.hook;
  at('today').value = today;
  return run(true);
}

async function loadSample() {
  const name = at('sample').value;
  if (!name) return start(newRequest(form, root.dataset.today), root.dataset.today);
  const sample = await (await fetch(`${address}/api/samples/${encodeURIComponent(name)}`)).json();
  return start(sample.request, sample.today);
}

function usePasted() {
  at('paste-problem').hidden = true;
  try {
    const request = readPasted(at('pasted').value);
    at('sample').value = '';
    start(request, root.dataset.today);
  } catch (error) {
    at('paste-problem').textContent = error instanceof SyntaxError ? 'This is not JSON.' : error.message;
    at('paste-problem').hidden = false;
  }
}

function fieldChanged(event) {
  const select = event.target;
  const isDraft = select.dataset.field === 'draft' && select.value !== '';
  if (isDraft && at('hook').value === 'patient-view') at('hook').value = 'order-sign';
  run(false);
}

async function begin() {
  form = await (await fetch(new URL('./simulator_form.json', import.meta.url))).json();
  buildFields();
  root.hidden = false;
  at('sample').addEventListener('change', loadSample);
  at('reset').addEventListener('click', loadSample);
  at('use').addEventListener('click', usePasted);
  at('fields').addEventListener('change', fieldChanged);
  at('hook').addEventListener('change', () => run(false));
  at('today').addEventListener('change', () => at('today').value && run(false));
  for (const id of ['fact-words', 'fact-value']) at(id).addEventListener('input', refreshFacts);
  root.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  await loadSample();
}

begin();
