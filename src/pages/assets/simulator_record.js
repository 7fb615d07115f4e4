// Building the request that is judged: a record as it is, and facts laid over it.

const inputs = {
  patient: 'Patient', conditions: 'Condition', observations: 'Observation', procedures: 'Procedure',
  medicationRequests: 'MedicationRequest', medicationAdministrations: 'MedicationAdministration',
  serviceRequests: 'ServiceRequest', diagnosticReports: 'DiagnosticReport', allergies: 'AllergyIntolerance',
};
const patientId = 'pat-1';

const bundleOf = (resources) => ({
  resourceType: 'Bundle', type: 'searchset', total: resources.length,
  entry: resources.map((resource) => ({ resource })),
});

function dayAfter(today, days) {
  const day = new Date(today + 'T00:00:00Z');
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

// "@-7" is seven days before today.
function withDates(value, today) {
  if (typeof value === 'string') return value.replace(/^@(-?\d+)/, (_, days) => dayAfter(today, Number(days)));
  if (Array.isArray(value)) return value.map((each) => withDates(each, today));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withDates(member, today)]));
}

// Of what it is about: its own code, and the gene that a component names.
const codesOf = (resource) => {
  const concepts = [resource.code ?? resource.medicationCodeableConcept, ...(resource.component ?? []).map((part) => part.valueCodeableConcept)];
  return concepts.flatMap((concept) => concept?.coding ?? []).map((coding) => coding.code);
};

const isReplaced = (resource, codes) => codes.includes('*') || codesOf(resource).some((code) => codes.includes(code));

function uuid() {
  return crypto.randomUUID?.() ?? '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
}

export function newRequest(form, today) {
  const prefetch = {};
  for (const input of Object.keys(inputs)) prefetch[input] = bundleOf([]);
  prefetch.patient = { ...form.newPatient.patient, id: patientId };
  const conditions = form.newPatient.conditions.map((each, i) => ({ ...withDates(each, today), id: `cond-${i + 1}`, subject: { reference: `Patient/${patientId}` } }));
  prefetch.conditions = bundleOf(conditions);
  return { hook: 'patient-view', hookInstance: uuid(), context: { userId: 'Practitioner/onc-1', patientId }, prefetch };
}

// A request whose prefetch holds the Bundle's resources by type. Throws with a sentence for the reader.
export function requestOfBundle(bundle) {
  const resources = (bundle.entry ?? []).map((entry) => entry.resource).filter(Boolean);
  const patients = resources.filter((resource) => resource.resourceType === 'Patient');
  if (patients.length !== 1) throw new Error(`A Bundle with one Patient is expected; this one has ${patients.length}.`);
  const prefetch = { patient: patients[0] };
  for (const [input, type] of Object.entries(inputs)) {
    if (input === 'patient') continue;
    const takes = (resource) => resource.resourceType === type || (type === 'MedicationRequest' && resource.resourceType === 'Medication');
    prefetch[input] = bundleOf(resources.filter(takes));
  }
  return { hook: 'patient-view', hookInstance: uuid(), context: { userId: 'Practitioner/onc-1', patientId: patients[0].id }, prefetch };
}

export function readPasted(text) {
  const value = JSON.parse(text);
  if (value?.resourceType === 'Bundle') return requestOfBundle(value);
  if (value?.hook && value?.context) return value;
  throw new Error('A CDS Hooks request (with hook and context) or a FHIR Bundle is expected.');
}

const resourcesOf = (input) => {
  if (!input) return [];
  return input.resourceType === 'Bundle' ? (input.entry ?? []).map((entry) => entry.resource).filter(Boolean) : [input];
};

// Lays one choice over the request: what the field stands for goes, what the option holds comes.
function apply(request, field, option, today) {
  const subject = { reference: `Patient/${request.context.patientId}` };
  const made = (resource, i) => {
    const person = resource.resourceType === 'AllergyIntolerance' ? { patient: subject } : { subject };
    return { ...withDates(resource, today), id: `${field.id}-${resource.resourceType.toLowerCase()}-${i + 1}`, ...person };
  };
  for (const input of new Set([...Object.keys(field.replaces), ...Object.keys(option.resources)])) {
    if (input === 'drafts') continue;
    const kept = resourcesOf(request.prefetch[input]).filter((resource) => !isReplaced(resource, field.replaces[input] ?? []));
    request.prefetch[input] = bundleOf([...kept, ...(option.resources[input] ?? []).map(made)]);
  }
  if (field.replaces.drafts) {
    const drafts = (option.resources.drafts ?? []).map((resource, i) => ({ ...made(resource, i), id: `draft-${i + 1}`, requester: { reference: request.context.userId } }));
    request.context.draftOrders = { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) };
  }
}

// `choices`: by the field's id, the place of an option; a field that is left out stays as in the record.
export function changed(base, form, choices, hook, today) {
  const request = structuredClone(base);
  request.prefetch ??= {};
  for (const field of form.fields) {
    const option = field.options[choices[field.id]];
    if (option) apply(request, field, option, today);
  }
  request.hook = hook;
  if (hook === 'patient-view') {
    delete request.context.draftOrders;
    delete request.context.selections;
  } else {
    request.context.draftOrders ??= { resourceType: 'Bundle', type: 'collection', entry: [] };
    const drafts = resourcesOf(request.context.draftOrders);
    if (hook === 'order-select') request.context.selections = drafts.filter((each) => /Request$/.test(each.resourceType)).map((each) => `${each.resourceType}/${each.id}`);
    else delete request.context.selections;
  }
  return request;
}
