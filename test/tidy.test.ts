import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The shape of the tree: who may import whom, how files are called, how long they may be. docs/architecture.md says why. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = tracked.filter((path) => /^src\/.*\.tsx?$/.test(path));
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** An area of the tree, and the areas it may import besides itself. */
const ARROWS: Record<string, readonly string[]> = {
  'core/kernel': [],
  'core/law': ['core/kernel'],
  'core/claim': ['core/kernel', 'core/law'],
  'core/letters': ['core/kernel', 'core/law', 'core/claim'],
  'core/advice': ['core/kernel', 'core/law', 'core/claim'],
  'core/matching': ['core/kernel'],
  'core/forecast': ['core/kernel'],
  'core/history': ['core/kernel', 'core/advice', 'core/forecast'],
  'core/simulation': ['core/kernel', 'core/advice', 'core/forecast'],
  formats: ['core/kernel'],
  platform: ['core/kernel'],
  ui: ['core/kernel', 'core/law', 'core/claim', 'core/letters', 'core/advice', 'platform'],
  modules: [
    ...['core/kernel', 'core/law', 'core/claim', 'core/letters', 'core/advice', 'core/matching'],
    ...['core/forecast', 'core/history', 'core/simulation', 'formats', 'platform', 'ui'],
  ],
  surfaces: ['core/kernel', 'core/law', 'core/advice', 'modules', 'ui', 'platform'],
  main: ['surfaces'],
};

function areaOf(path: string): string {
  const inside = path.replace(/^src\//, '');
  if (inside === 'main.ts') return 'main';
  const area = Object.keys(ARROWS).find((name) => inside.startsWith(`${name}/`));
  assert.ok(area, `${path} lies in no known area: place it, or draw its arrows in test/tidy.test.ts`);
  return area;
}

/** Every module that a file names in an import or an export, static or dynamic. */
function importsOf(path: string): string[] {
  const text = read(path).replace(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(/(?:^|[\s;(])(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((m) => m[1] ?? '');
}

/** The file of ours that a specifier means, as a path from the root, or undefined for a package or a Node module. */
function resolveOwn(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith('.')) return relative(root, normalize(join(root, dirname(from), specifier)));
  return undefined;
}

test('the check sees the source files', () => {
  assert.ok(sources.length > 40, `only ${sources.length} source files seen`);
  for (const path of ['src/main.ts', 'src/core/kernel/money.ts', 'src/platform/config.ts'])
    assert.ok(sources.includes(path), path);
  assert.ok(importsOf('src/main.ts').includes('#surfaces/cli/cli.ts'));
});

test('imports follow the arrows', () => {
  const wrong: string[] = [];
  // Tests may reach anywhere, and hold programs of their own as text.
  for (const path of sources.filter((p) => !isTest(p))) {
    const area = areaOf(path);
    for (const specifier of importsOf(path)) {
      const target = resolveOwn(specifier, path);
      if (target === undefined) continue;
      if (!target.startsWith('src/')) {
        if (target !== 'package.json') wrong.push(`${path} reaches out of src: ${specifier}`);
        continue;
      }
      assert.ok(existsSync(join(root, target)), `${path} imports ${specifier}, which does not exist`);
      const other = areaOf(target);
      if (other !== area && !ARROWS[area]?.includes(other)) wrong.push(`${path} (${area}) imports ${specifier} (${other})`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a module knows another only by its index, a surface also by what it mounts', () => {
  const wrong: string[] = [];
  const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1];
  for (const path of sources.filter((p) => !isTest(p))) {
    for (const specifier of importsOf(path)) {
      const target = resolveOwn(specifier, path);
      const other = target && moduleOf(target);
      if (!target || !other || other === moduleOf(path)) continue;
      const open = path.startsWith('src/surfaces/') ? /\/(index\.ts|[^/]+\.(cli\.ts|pages\.tsx))$/ : /\/index\.ts$/;
      if (!open.test(target)) wrong.push(`${path} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('modules do not depend on each other in circles', () => {
  const edges = new Map<string, Set<string>>();
  for (const path of sources.filter((p) => p.startsWith('src/modules/') && !isTest(p) && !/\.(pages\.tsx|cli\.ts)$/.test(p))) {
    const from = path.split('/')[2] ?? '';
    for (const specifier of importsOf(path)) {
      const to = /^#modules\/([^/]+)\//.exec(specifier)?.[1];
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const visit = (name: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(name), `circle: ${[...trail, name].join(' → ')}`);
    for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
  };
  for (const name of edges.keys()) visit(name, []);
});

test('the core is pure: no Node module, no library, no clock, no chance', () => {
  const wrong: string[] = [];
  for (const path of sources.filter((p) => p.startsWith('src/core/') && !isTest(p))) {
    for (const specifier of importsOf(path))
      if (resolveOwn(specifier, path) === undefined) wrong.push(`${path} imports ${specifier}`);
    for (const word of ['Temporal.Now', 'new Date', 'Date.now', 'Math.random', 'process.']) {
      if (read(path).includes(word)) wrong.push(`${path} uses ${word}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('files have plain names and one job', () => {
  const wrong: string[] = [];
  for (const path of tracked.filter((p) => /\.(tsx?|mjs|js)$/.test(p))) {
    const name = path.split('/').at(-1) ?? '';
    if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name)) wrong.push(`${path}: names are lower case with dashes`);
    const lines = read(path).split('\n').length;
    if (lines > 420) wrong.push(`${path}: ${lines} lines, more than one job?`);
  }
  assert.deepEqual(wrong, []);
});

test('nothing of the machine, of a registry or left for later is written down', () => {
  const wrong: string[] = [];
  const forbidden = [
    new RegExp(`(^|[\\s"'(=])/${'work'}/`, 'm'),
    new RegExp(`/${'root'}/`),
    new RegExp(['registry', 'npmjs'].join('\\.')),
    new RegExp(`\\b(${'TO'}DO|${'FIX'}ME)\\b`),
  ];
  for (const path of tracked.filter((p) => !/\.(ttf|otf|png|pdf|ico|woff2)$/.test(p) && p !== 'LICENSE')) {
    for (const pattern of forbidden) if (pattern.test(read(path))) wrong.push(`${path}: ${pattern}`);
  }
  assert.deepEqual(wrong, []);
});
