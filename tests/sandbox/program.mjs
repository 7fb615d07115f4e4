// The program under test: its verbs on the command line, and `serve`.
import path from 'node:path';
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { readFileSync } from 'node:fs';

const patience = 30_000; // ms until the service must have said where it listens
const mostOutput = 64 * 1024 * 1024;

export class Program {
    // `today`: the day that it judges by
    constructor(file, today) {
        this.file = file;
        this.today = today;
    }

    // One run; its standard output. Throws, with its standard error, when it fails.
    async run(...words) {
        const { stdout } = await promisify(execFile)(this.file, words, { maxBuffer: mostOutput });
        return stdout;
    }

    // The cards for a request in a file, judged without a server.
    async evaluate(file) {
        return JSON.parse(await this.run('evaluate', '--today', this.today, file)).cards;
    }

    async exportFeedback(store) {
        return JSON.parse(await this.run('feedback', 'export', '--store', store, '--format', 'json'));
    }

    // A new public test key, written to `folder`: a JWK Set.
    async newKey(folder) {
        await this.run('token', '--new-key', 'ES384', '--out', folder);
        return JSON.parse(readFileSync(path.join(folder, 'jwks.json'), 'utf8'));
    }

    // Starts `serve`. Returns {base, discovery, stop}; stop() gives the exit code.
    async serve(flags) {
        const words = ['serve', '--listen', '127.0.0.1:0', '--today', this.today, ...flags];
        const child = spawn(this.file, words, { stdio: ['ignore', 'pipe', 'pipe'] });
        process.once('exit', () => child.kill()); // whatever ends this process ends the service
        const ended = new Promise((end) => child.once('exit', end));
        const base = await addressOf(child, ended);
        const stop = () => {
            child.kill('SIGTERM');
            return ended;
        };
        return { base, discovery: `${base}/cds-services`, stop };
    }
}

function addressOf(child, ended) {
    let said = '';
    return new Promise((found, failed) => {
        const timer = setTimeout(() => failed(new Error(`The service says no address:\n${said}`)), patience);
        const listen = (text) => {
            said += text;
            const address = /Discovery: (http:\/\/\S+)\/cds-services\n/.exec(said);
            if (!address) return;
            clearTimeout(timer);
            found(address[1]);
        };
        child.stdout.on('data', listen);
        child.stderr.on('data', listen);
        ended.then((code) => failed(new Error(`The service ended with ${code}:\n${said}`)));
    });
}
