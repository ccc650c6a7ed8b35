import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Every code that the program can answer stands in docs/reference/errors.md: programs rely on them. */
const root = fileURLToPath(new URL('../', import.meta.url));

/** A file's codes, as they are written: `refuse('x.y'`, `new PlatformFailure('x.y'`, `code: 'x.y'`, and the keys of the catalogues. */
function codesOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const calls = text.matchAll(/\b(?:refuse|PlatformFailure)\(\s*'([a-z][a-z0-9.-]*)'/g);
  const fields = text.matchAll(/\bcode: ((?:'[a-z][a-z0-9.-]*'(?: \| )?)+)/g);
  const chosen = text.matchAll(/\brefuse\([^,;]*\? '([a-z.-]+)' : '([a-z.-]+)'/g);
  const keys = path.endsWith('/refusals.ts') ? text.matchAll(/^ {2}'?([a-z]+(?:-[a-z]+)+)'?: \(/gm) : [];
  return [
    ...[...calls, ...keys].map((m) => m[1] ?? ''),
    ...[...fields].flatMap((m) => (m[1] ?? '').split(' | ').map((code) => code.slice(1, -1))),
    ...[...chosen].flatMap((m) => m.slice(1)),
  ];
}

test('every code of a refusal or a failure is documented', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const known = new Set(
    [...page.matchAll(/^\| (.+?) \|/gm)].flatMap((row) => [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((m) => m[1])),
  );
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
  const found = sources.flatMap((path) => codesOf(path).map((code) => ({ path, code })));
  // Zod's own word for a field's message, which never leaves the form.
  const ours = found.filter(({ code }) => code !== 'custom');
  // The scan would be worth nothing if it no longer saw how codes are written.
  for (const code of ['case.unknown', 'case.move', 'pdf.timeout', 'web.host', 'file-not-readable', 'xml-doctype', 'fec-bad-line'])
    assert.ok(
      ours.some((one) => one.code === code),
      `the scan does not see ${code}`,
    );
  const missing = ours.filter(({ code }) => !known.has(code)).map(({ path, code }) => `${code} (${path})`);
  assert.deepEqual([...new Set(missing)], []);
});
