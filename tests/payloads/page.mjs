// Cards as the most careless EHR would show them: every text is Markdown, and HTML in it is HTML. And what came of it.
import { createRequire } from 'node:module';
import path from 'node:path';

const need = createRequire(path.join(process.env.MODULES, 'package.json'));
const { marked } = need('marked');
const markdownIt = need('markdown-it')({ html: true, linkify: true, typographer: true });
const { chromium } = need('playwright-core');

const allowed = new Set(['P', 'UL', 'OL', 'LI', 'EM', 'STRONG', 'A', 'BR', 'HR', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'SECTION', 'BLOCKQUOTE',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'CODE', 'INPUT']);
const attributes = new Set(['href', 'align', 'start', 'style']);

export function textsOf(card) {
    const links = (card.links ?? []).map((link) => link.label);
    const suggestions = (card.suggestions ?? []).flatMap((each) => [each.label, ...each.actions.map((action) => action.description)]);
    const reasons = (card.overrideReasons ?? []).map((reason) => reason.display);
    return [card.summary, card.detail, card.source?.label, card.source?.topic?.display, ...links, ...suggestions, ...reasons].filter(Boolean);
}

export function linksOf(card) {
    return [card.source?.url, card.source?.icon, ...(card.links ?? []).map((link) => link.url)].filter(Boolean);
}

export function rendered(texts, isHtml = false) {
    if (isHtml) return texts.map((text) => `<section>${text}</section>`).join('');
    return texts.map((text) => `<section>${marked.parse(text, { gfm: true, async: false })}</section><section>${markdownIt.render(text)}</section>`).join('');
}

export class Viewer {
    static async open() {
        const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'];
        const viewer = new Viewer();
        viewer.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
        viewer.context = await viewer.browser.newContext();
        viewer.page = await viewer.context.newPage();
        viewer.loaded = [];
        await viewer.context.route('**/*', (route) => {
            viewer.loaded.push(route.request().url());
            return route.abort();
        });
        viewer.page.on('dialog', (dialog) => dialog.dismiss());
        return viewer;
    }

    // {ran, loaded, links, elements, text}: what the HTML did, where it leads, what is not of the allowed elements and attributes.
    async show(html) {
        await this.page.goto('about:blank');
        this.loaded = [];
        await this.page.setContent('<!doctype html><meta charset="utf-8"><main></main>', { waitUntil: 'domcontentloaded' });
        const seen = await this.page.evaluate(look, { html, allowed: [...allowed], attributes: [...attributes] });
        return { ...seen, loaded: [...this.loaded] };
    }

    close() {
        return this.browser.close();
    }
}

// Runs in the page. Scripts put in by innerHTML would not run, so each is made anew, as a page delivered so would have it.
async function look({ html, allowed, attributes }) {
    let ran = 0;
    window.kitRan = () => { ran += 1; };
    for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = window.kitRan;
    const main = document.querySelector('main');
    main.innerHTML = html;
    for (const old of main.querySelectorAll('script')) {
        const script = document.createElement('script');
        for (const { name, value } of old.attributes) script.setAttribute(name, value);
        script.textContent = old.textContent;
        old.replaceWith(script);
    }
    const all = [...main.querySelectorAll('*')];
    for (const element of all) {
        for (const kind of ['mouseover', 'pointerenter', 'focus', 'toggle']) element.dispatchEvent(new Event(kind));
    }
    await new Promise((done) => setTimeout(done, 15));
    const odd = all.filter((element) => !allowed.includes(element.tagName)).map((element) => element.tagName);
    for (const element of all) {
        for (const { name, value } of element.attributes) {
            const harmless = attributes.includes(name) && (name !== 'style' || /^text-align: ?(left|center|right);?$/.test(value));
            if (!harmless && element.tagName !== 'INPUT') odd.push(`${element.tagName} ${name}`);
        }
    }
    return { ran, odd, links: [...main.querySelectorAll('[href]')].map((link) => link.getAttribute('href')), text: main.textContent };
}
