// The files of one folder over HTTP on loopback, as any web server would give the built Sandbox to a browser.
import http from 'node:http';
import path from 'node:path';
import { readFile } from 'node:fs/promises';

const mediaTypes = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.png': 'image/png',
    '.json': 'application/json',
};

// Returns {url, close}. Nothing above `folder` is served.
export async function serveFolder(folder) {
    const server = http.createServer(async (request, response) => {
        const asked = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
        const file = path.join(folder, path.normalize(asked === '/' ? '/index.html' : asked));
        try {
            const content = await readFile(file);
            response.writeHead(200, { 'Content-Type': mediaTypes[path.extname(file)] ?? 'application/octet-stream' });
            response.end(content);
        } catch {
            response.writeHead(404);
            response.end();
        }
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const close = async () => {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
    };
    return { url: `http://127.0.0.1:${server.address().port}`, close };
}
