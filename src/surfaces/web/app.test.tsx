import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { PageHeader } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { redirectWith, viewOf, type WebEnv, type WebModule } from '#ui/web.ts';
import { client, DEMO, OWN, testApp } from '../../../test/support/web.ts';

/** A module that shows, counts what it is asked to change, and fails on demand. */
function probe() {
  const changes: string[] = [];
  const module: WebModule = {
    uploads: ['/probe/:id/files'],
    routes: () => {
      const routes = new Hono<WebEnv>();
      routes.get('/', (c) =>
        c.html(
          <Page view={viewOf(c)} title="Essai">
            <PageHeader title={viewOf(c).tenant?.name ?? 'personne'} />
          </Page>,
        ),
      );
      routes.post('/probe', async (c) => {
        changes.push(String((await c.req.formData()).get('name')));
        return redirectWith(c, '/', 'C’est <enregistré>.');
      });
      routes.post('/probe/:id/files', async (c) => {
        const file = (await c.req.formData()).get('file');
        changes.push(file instanceof File ? `${file.name} ${file.size}` : 'no file');
        return c.json({ message: 'Reçu' });
      });
      routes.post('/refused', (c) => c.text('Une réponse est à corriger.', 422));
      routes.post('/fail', () => {
        throw new Error('secret inside');
      });
      return routes;
    },
  };
  return { module, changes };
}

test('every answer carries the security headers, pages are never kept', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  for (const path of ['/', '/rien', '/fail']) {
    const answer = await browser.get(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*base-uri 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('referrer-policy'), 'same-origin');
    assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
  }
});

test('a refused form is held by the browser that filled it, so that going back loses nothing', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  await browser.get('/');
  const refused = await browser.post('/refused');
  assert.equal(refused.status, 422);
  assert.equal(refused.headers.get('cache-control'), 'private, no-cache');
});

test('nothing in a page breaks its own policy: no inline style, script or handler, nothing from elsewhere', async () => {
  const text = await (await client(testApp({ modules: [probe().module] })).get('/')).text();
  assert.match(text, /^<!doctype html><html lang="fr">/);
  assert.doesNotMatch(text, /\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc="\/assets\/)/);
  for (const [, address] of text.matchAll(/\s(?:src|href|action)="([^"]*)"/g)) assert.match(address ?? '', /^[/#]/);
});

test('a name that is not ours is refused: DNS rebinding', async () => {
  const app = testApp({ modules: [probe().module] });
  for (const host of ['127.0.0.1:4747', 'localhost:9', '[::1]:4747', '192.168.1.20:4747', 'Quitus.Example']) {
    assert.equal((await client(app, host).get('/')).status, 200, host);
  }
  for (const host of ['evil.example:4747', '127.0.0.1.evil.example', 'quitus.example.evil', '']) {
    const answer = await client(app, host).get('/');
    assert.equal(answer.status, 421, host);
    assert.doesNotMatch(await answer.text(), /Cabinet Verdier/);
  }
});

test('a change needs our own origin', async () => {
  const { module, changes } = probe();
  const browser = client(testApp({ modules: [module] }));
  const refused: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'null' },
  ];
  for (const headers of refused) {
    const answer = await browser.post('/probe', { name: 'x' }, headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
  }
  assert.deepEqual(changes, []);
  assert.equal((await browser.post('/probe', { name: 'own' })).status, 303);
  assert.deepEqual(changes, ['own']);
});

test('a change needs the token of this very browser; what was typed is offered again', async () => {
  const { module, changes } = probe();
  const app = testApp({ modules: [module] });
  const browser = client(app);
  const other = client(app);
  await other.get('/');
  for (const token of ['', 'wrong', other.token]) {
    const answer = await browser.post('/probe', { name: 'Étude <b>', _csrf: token });
    assert.equal(answer.status, 403);
    const page = await answer.text();
    assert.match(page, /name="name" value="Étude &lt;b&gt;"/);
    assert.match(page, /action="\/probe"/);
  }
  assert.deepEqual(changes, []);
  assert.equal((await browser.post('/probe', { name: 'ok' })).status, 303);
  const json = await browser.send('/probe', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  assert.equal(json.status, 403);
});

test('a password is never offered again', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  const page = await (await browser.post('/probe', { name: 'x', password: 'hunter2', _csrf: 'wrong' })).text();
  assert.doesNotMatch(page, /hunter2/);
});

test('after a change, a message is shown once, escaped', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  const answer = await browser.post('/probe', { name: 'x' });
  assert.equal(answer.headers.get('location'), '/');
  assert.match(await (await browser.get('/')).text(), /C’est &lt;enregistré&gt;\./);
  assert.doesNotMatch(await (await browser.get('/')).text(), /enregistré/);
});

test('a message that was not written here is not shown', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  browser.cookies.set('quitus_flash', `forged.${Buffer.from('{"tone":"good","text":"forged"}').toString('base64url')}`);
  assert.doesNotMatch(await (await browser.get('/')).text(), /forged/);
});

test('bodies are limited: a form to 1 Mo, files to the settings, whatever the length announced', async () => {
  const { module, changes } = probe();
  const browser = client(testApp({ modules: [module] }));
  const large = await browser.post('/probe', { name: 'x'.repeat(1024 * 1024) });
  assert.equal(large.status, 413);
  assert.match(await large.text(), /1\u00a0Mo/);

  const files = (bytes: number): FormData => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], 'a.pdf'));
    return form;
  };
  assert.equal((await browser.post('/probe/7/files', files(3_000_000))).status, 200);
  assert.equal((await browser.post('/probe/7/files', files(6_000_000))).status, 413);
  assert.deepEqual(changes, ['a.pdf 3000000']);

  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
  });
  const streamed = await browser.send('/probe', {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
  } as RequestInit);
  assert.equal(streamed.status, 413);
});

test('a failure shows a reference, keeps what was typed, tells nothing of the inside', async () => {
  const lines: string[] = [];
  const browser = client(testApp({ modules: [probe().module], log: (line) => lines.push(line) }));
  const answer = await browser.post('/fail', { story: 'cinq pages' });
  assert.equal(answer.status, 500);
  const page = await answer.text();
  const reference = /<strong>([0-9A-F]{8})<\/strong>/.exec(page)?.[1] ?? 'none';
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', new RegExp(`\\[${reference}\\] POST /fail: Error: secret inside`));
  assert.doesNotMatch(page, /secret inside/);
  assert.match(page, /name="story" value="cinq pages"/);
  assert.doesNotMatch(lines[0] ?? '', /cinq pages/);
});

test('programs get problems as JSON (RFC 9457)', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  const answer = await browser.get('/rien', { accept: 'application/json' });
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const body = (await answer.json()) as Record<string, unknown>;
  assert.equal(body.status, 404);
  assert.equal(body.type, 'urn:quitus:web.not-found');
  assert.equal(typeof body.detail, 'string');
});

test('files of the interface: compressed, typed, kept for ever; a changed hash is not found', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  const page = await (await browser.get('/')).text();
  const sheet = /href="(\/assets\/[^"]+\/tabler\.css)"/.exec(page)?.[1] ?? '';
  const plain = await browser.get(sheet);
  assert.equal(plain.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const size = (await plain.arrayBuffer()).byteLength;
  for (const encoding of ['br', 'gzip']) {
    const answer = await browser.get(sheet, { 'accept-encoding': encoding });
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.equal(answer.headers.get('vary'), 'accept-encoding');
    assert.ok((await answer.arrayBuffer()).byteLength * 6 < size, `${encoding} saves little`);
  }
  assert.equal((await browser.get(sheet.replace(/\/assets\/./, '/assets/~'))).status, 404);
  assert.equal((await browser.get('/assets/../package.json')).status, 404);
});

test('the look is remembered, and one comes back to the same page, never elsewhere', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  const answer = await browser.post('/apparence', { theme: 'dark', back: '/dossiers?page=2' });
  assert.equal(answer.headers.get('location'), '/dossiers?page=2');
  assert.match(await (await browser.get('/')).text(), /<html lang="fr" data-bs-theme="dark">/);
  for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\nb', '']) {
    assert.equal((await browser.post('/apparence', { theme: 'auto', back })).headers.get('location'), '/', back);
  }
});

test('the company looked at: the choice, else the first of one’s own; never one that is not in the list', async () => {
  const browser = client(testApp({ modules: [probe().module] }));
  assert.match(await (await browser.get('/')).text(), /<h1>Cabinet Verdier/);
  assert.equal((await browser.post('/entreprises/choisir', { company: DEMO.id })).status, 303);
  const demo = await (await browser.get('/')).text();
  assert.match(demo, /<h1>Studio Lanterne/);
  assert.match(demo, /Entreprise de démonstration<\/strong> — données inventées/);
  assert.match(demo, /action="\/demonstration\/supprimer"/);
  assert.equal((await browser.post('/entreprises/choisir', { company: 'another' })).status, 404);
  browser.cookies.set('quitus_company', 'another');
  const own = await (await browser.get('/')).text();
  assert.match(own, new RegExp(`<h1>${OWN.name}`));
  assert.doesNotMatch(own, /données inventées/);
});
