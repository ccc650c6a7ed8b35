import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchStatement } from '#core/matching/match.ts';
import { bankYear } from '../bench/support/bank-year.ts';
import { scoreOf } from '../bench/support/matching-score.ts';

/** A small year of the benchmark (bench/matching.ts), for several companies. */
for (const seed of [1, 2, 3, 4, 5]) {
  test(`a year of 2 400 bank lines against 2 000 invoices is read right (seed ${seed})`, (t) => {
    const year = bankYear({ invoices: 2000, lines: 2400, seed });
    assert.equal(year.input.lines.length, 2400);
    const score = scoreOf(year, matchStatement(year.input));
    t.diagnostic(
      `applied ${score.applied}, right ${score.appliedRight}; paying ${score.paying}, applied ${score.payingApplied}, found ${score.payingFound}`,
    );
    assert.ok(score.paying > 1000 && score.applied > 1000, 'the year holds payments');
    assert.ok(
      score.appliedRight >= 0.998 * score.applied,
      `wrong: ${score.wrong.map((w) => `${w.match.lineId} ${w.truth.what}`)}`,
    );
    assert.ok(score.payingFound >= 0.95 * score.paying, `found ${score.payingFound} of ${score.paying}`);
    assert.ok(score.payingApplied >= 0.92 * score.paying, `applied ${score.payingApplied} of ${score.paying}`);
  });
}
