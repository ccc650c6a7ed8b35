import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citation, citationLabels, citations, isCitationKey } from './citations.ts';

test('citations are well-formed and unique', () => {
  const entries = Object.entries(citations);
  assert.ok(entries.length > 80, `${entries.length} citations`);
  assert.equal(new Set(entries.map(([, c]) => c.label)).size, entries.length, 'two keys for one label');
  for (const [key, { label, about }] of entries) {
    assert.match(key, /^[a-z0-9]+(-[A-Za-z0-9]+)*$/, key);
    assert.ok(label.length > 4 && about.length > 4, key);
    const url = new URL(citation(key)?.link ?? '');
    assert.equal(url.protocol, 'https:');
    assert.match(url.hostname, /\.(gouv\.fr|europa\.eu|service-public\.fr)$/, key);
  }
});

test('the key of the late-payment article has its label', () => {
  assert.equal(citation('ccom-L441-10')?.label, 'C. com., art. L441-10, II');
  assert.equal(isCitationKey('toString'), false);
  assert.equal(citationLabels(['cciv-1343-1', 'cciv-1343-2']), 'C. civ., art. 1343-1\u202f; C. civ., art. 1343-2');
});
