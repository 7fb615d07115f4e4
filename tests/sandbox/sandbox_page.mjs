// The CDS Hooks Sandbox in a browser, worked as its user works it: by what stands on the screen.
const patience = 30_000; // ms for anything to appear
const noServices = {
    json: { services: [] },
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
};
const cardSelector = '[class*="decision-card"]';

// One answered call of the page to our service: {method, path, status, request, answer}; bodies as JSON, or null.
async function exchangeOf(response) {
    const request = response.request();
    const answer = await response.json().catch(() => null);
    const body = request.postData();
    return {
        method: request.method(),
        path: new URL(response.url()).pathname,
        status: response.status(),
        request: body ? JSON.parse(body) : null,
        answer,
    };
}

export class SandboxPage {
    exchanges = [];
    errors = []; // of the console and of the page, as {text, url}

    // `service`: base URL of our service; `shots`: how paths of screenshots begin, or nothing.
    static async open(browser, service, shots) {
        const context = await browser.newContext({ viewport: { width: 1500, height: 1300 } });
        const page = await context.newPage();
        // The Sandbox asks its public demonstration services at every start: here they have none. Nothing else leaves
        // this machine.
        await page.route(
            (url) => url.hostname !== '127.0.0.1',
            (route) => route.abort(),
        );
        await page.route('https://sandbox-services.cds-hooks.org/**', (route) => route.fulfill(noServices));
        return new SandboxPage(page, service, shots);
    }

    constructor(page, service, shots) {
        page.setDefaultTimeout(patience);
        this.page = page;
        this.service = service;
        this.shots = shots;
        page.on('response', async (response) => {
            if (!response.url().startsWith(service) || response.request().method() === 'OPTIONS') return;
            this.exchanges.push(await exchangeOf(response));
        });
        page.on('console', (message) => {
            if (message.type() === 'error') this.errors.push({ text: message.text(), url: message.location().url });
        });
        page.on('pageerror', (error) => this.errors.push({ text: String(error), url: '' }));
    }

    // Opens the chart of a patient, with the FHIR server in the address as the Sandbox documents it.
    async openChart(sandbox, fhirServer, patientId) {
        const address = new URL(sandbox);
        for (const [name, value] of Object.entries({
            fhirServiceUrl: fhirServer,
            patientId,
            hook: 'patient-view',
            screen: 'patient-view',
        })) {
            address.searchParams.set(name, value);
        }
        await this.page.goto(address.href);
        await this.page.getByRole('heading', { name: 'Patient View' }).waitFor();
    }

    // Settings, Add CDS Services, as a user types it. The Sandbox keeps the address for the charts opened later.
    async addService(discovery) {
        await this.page.locator('header button').last().click();
        await this.page.getByRole('menuitem', { name: 'Add CDS Services' }).click();
        await this.page.locator('[name="discovery-endpoint-input"]').fill(discovery);
        await this.page.getByRole('button', { name: 'Save' }).click();
        await this.page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    async showTab(name) {
        await this.page.getByRole('button', { name, exact: true }).click();
        await this.page.getByRole('heading', { name, exact: true }).waitFor();
    }

    // What `act` sets off: the answered call to `path` of our service that follows it and fits `isMeant`.
    async during(path, act, isMeant = () => true) {
        const isAnswer = (response) => {
            const request = response.request();
            if (request.method() !== 'POST' || response.url() !== this.service + path) return false;
            return isMeant(JSON.parse(request.postData()));
        };
        const [response] = await Promise.all([this.page.waitForResponse(isAnswer), act()]);
        return exchangeOf(response);
    }

    press(name) {
        return this.page.getByRole('button', { name, exact: true }).click();
    }

    card(summary) {
        return this.page.locator(cardSelector).filter({ hasText: summary });
    }

    async waitForCards(count) {
        await this.page.waitForFunction(
            ([selector, wanted]) => document.querySelectorAll(selector).length === wanted,
            [cardSelector, count],
        );
    }

    async waitForNoCards() {
        await this.page.getByText('No recommendations to display').waitFor();
    }

    // The texts of all cards on the screen, whole.
    async cardTexts() {
        return this.page.locator(cardSelector).allInnerTexts();
    }

    async takeSuggestion(summary, label, feedbackPath) {
        return this.during(feedbackPath, () =>
            this.card(summary).getByRole('button', { name: label, exact: true }).click(),
        );
    }

    // `reason`: display of an override reason in the menu beside Dismiss; nothing: Dismiss itself.
    async override(summary, reason, feedbackPath) {
        const card = this.card(summary);
        if (!reason) return this.during(feedbackPath, () => card.getByRole('button', { name: 'Dismiss' }).click());
        await card.getByRole('button', { name: 'select dismiss reason' }).click();
        return this.during(feedbackPath, () =>
            this.page.getByRole('menuitem', { name: `Override: ${reason}`, exact: true }).click(),
        );
    }

    // Types into the medication field and takes the drug of this name from the list.
    async chooseMedication(typed, name) {
        await this.page.locator('[name="medication-input"]').fill(typed);
        await this.page.getByRole('button', { name, exact: true }).click();
    }

    async close() {
        await this.page.context().close();
    }

    async shoot(name) {
        if (this.shots) await this.page.screenshot({ path: `${this.shots}-${name}.png`, fullPage: true });
    }
}
