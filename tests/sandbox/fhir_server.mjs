// A small FHIR R4 server on loopback: the resources in the prefetch of CDS Hooks requests, to be read and searched.
// For trying out only: no writing, no authorization, and only the search parameters listed below.
import http from 'node:http';
import { readFileSync } from 'node:fs';

const longestBody = 64 * 1024;
const defaultPage = 50;
const types = [
    'Patient',
    'Condition',
    'Observation',
    'Procedure',
    'MedicationRequest',
    'MedicationAdministration',
    'ServiceRequest',
    'DiagnosticReport',
    'AllergyIntolerance',
    'Practitioner',
];
const parameters = new Set(['patient', 'subject', '_id', '_sort', '_count', '_offset', '_format']);

class Refusal extends Error {
    constructor(status, what) {
        super(what);
        this.status = status;
    }
}

// The Practitioner whom the Sandbox names as its user.
const user = {
    resourceType: 'Practitioner',
    id: 'COREPRACTITIONER1',
    active: true,
    name: [{ family: 'Sandbox', given: ['User'] }],
};

// Map "Type/id" -> resource. A file holds a request, or a scenario with one in `request`. Throws when two files have
// different resources with one id.
function readResources(files) {
    const found = new Map([[`${user.resourceType}/${user.id}`, user]]);
    for (const file of files) {
        const content = JSON.parse(readFileSync(file, 'utf8'));
        const values = Object.values((content.request ?? content).prefetch).filter(Boolean);
        for (const value of values) {
            const resources =
                value.resourceType === 'Bundle' ? (value.entry ?? []).map((entry) => entry.resource) : [value];
            for (const resource of resources) {
                const key = `${resource.resourceType}/${resource.id}`;
                const known = found.get(key);
                if (known && JSON.stringify(known) !== JSON.stringify(resource))
                    throw new Error(`${file}: another ${key}`);
                found.set(key, resource);
            }
        }
    }
    return found;
}

function isAbout(resource, patient) {
    const id = patient.replace(/^.*Patient\//, '');
    if (resource.resourceType === 'Patient') return resource.id === id;
    const reference = (resource.subject ?? resource.patient)?.reference ?? '';
    return reference.replace(/^.*Patient\//, '') === id;
}

function dateOf(resource) {
    return resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued ?? '';
}

function select(resources, type, wanted) {
    for (const name of wanted.keys()) {
        if (!parameters.has(name)) throw new Refusal(400, `search parameter ${name} is not known here`);
    }
    let found = [...resources.values()].filter((resource) => resource.resourceType === type);
    for (const name of ['patient', 'subject']) {
        if (wanted.has(name)) found = found.filter((resource) => isAbout(resource, wanted.get(name)));
    }
    if (wanted.has('_id')) found = found.filter((resource) => wanted.get('_id').split(',').includes(resource.id));
    const order = wanted.get('_sort');
    if (order === '-date') found.sort((a, b) => dateOf(b).localeCompare(dateOf(a)));
    else if (order) throw new Refusal(400, '_sort is -date here, or nothing');
    return found;
}

function numberIn(wanted, name, otherwise) {
    const number = Number(wanted.get(name) ?? otherwise);
    if (!Number.isInteger(number) || number < 0) throw new Refusal(400, `${name} is no count`);
    return number;
}

function search(resources, base, type, wanted, longestPage) {
    const found = select(resources, type, wanted);
    const count = Math.min(numberIn(wanted, '_count', defaultPage), longestPage);
    const offset = numberIn(wanted, '_offset', 0);
    const link = [{ relation: 'self', url: `${base}/${type}?${wanted}` }];
    if (count > 0 && offset + count < found.length) {
        const next = new URLSearchParams(wanted);
        next.set('_offset', offset + count);
        link.push({ relation: 'next', url: `${base}/${type}?${next}` });
    }
    const entry = found.slice(offset, offset + count).map((resource) => ({
        fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: 'match' },
    }));
    return { resourceType: 'Bundle', type: 'searchset', total: found.length, link, ...(entry.length ? { entry } : {}) };
}

function capabilities(base) {
    const interaction = [{ code: 'read' }, { code: 'search-type' }];
    return {
        resourceType: 'CapabilityStatement',
        status: 'active',
        date: '2026-01-01',
        kind: 'instance',
        fhirVersion: '4.0.1',
        format: ['json'],
        implementation: { description: 'Invented patients', url: base },
        rest: [{ mode: 'server', resource: types.map((type) => ({ type, interaction })) }],
    };
}

async function bodyOf(request) {
    let body = '';
    for await (const part of request) {
        body += part;
        if (body.length > longestBody) throw new Refusal(413, 'the body is too long');
    }
    return body;
}

function outcome(refusal) {
    return {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'processing', diagnostics: refusal.message }],
    };
}

const corsHeaders = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept',
};

// Serves the resources of `files` (paths of JSON files) until close(). `reads` lists what was asked for, in order.
// A type in `hiddenFromBrowsers` is refused (403) to requests with an Origin, as by a server without CORS rights.
export class FhirServer {
    reads = []; // {type, byBrowser, status}
    hiddenFromBrowsers = new Set();
    longestPage = Infinity; // resources in a page, whatever _count asks for

    constructor(files) {
        this.resources = readResources(files);
        this.server = http.createServer((request, response) => this.serve(request, response));
    }

    async listen() {
        await new Promise((listening) => this.server.listen(0, '127.0.0.1', listening));
        this.base = `http://127.0.0.1:${this.server.address().port}/r4`;
        return this.base;
    }

    async close() {
        this.server.closeAllConnections();
        await new Promise((closed) => this.server.close(closed));
    }

    async serve(request, response) {
        const url = new URL(request.url, this.base);
        const byBrowser = 'origin' in request.headers;
        const [type, rest] = url.pathname.replace(/^\/r4\//, '').split('/');
        let status = 200;
        let answer;
        try {
            if (request.method === 'OPTIONS') status = 204;
            else answer = await this.answer(request, url, type, rest, byBrowser);
        } catch (error) {
            status = error.status ?? 500;
            answer = outcome(error);
        }
        if (request.method !== 'OPTIONS') this.reads.push({ type, byBrowser, status });
        response.writeHead(status, { ...corsHeaders, 'Content-Type': 'application/fhir+json' });
        response.end(answer ? JSON.stringify(answer) : undefined);
    }

    async answer(request, url, type, rest, byBrowser) {
        if (request.method === 'GET' && type === 'metadata') return capabilities(this.base);
        if (!types.includes(type)) throw new Refusal(404, 'this type is not kept here');
        if (byBrowser && this.hiddenFromBrowsers.has(type)) throw new Refusal(403, 'not for this origin');
        if (request.method === 'POST' && rest === '_search') {
            return search(
                this.resources,
                this.base,
                type,
                new URLSearchParams(await bodyOf(request)),
                this.longestPage,
            );
        }
        if (request.method !== 'GET') throw new Refusal(405, 'this server only reads');
        if (!rest) return search(this.resources, this.base, type, url.searchParams, this.longestPage);
        const found = this.resources.get(`${type}/${rest}`);
        if (!found) throw new Refusal(404, 'there is no such resource');
        return found;
    }
}
