// Fails thirty days before a value of the law stops being known: `check-law.ts [day]`, today by default. Recipe in CONTRIBUTING.md.
import { daysBetween, parseDay } from '#core/kernel/day.ts';
import { currentLaw } from '#core/law/book.ts';
import { expiries, expiringWithin } from '#core/law/status.ts';

const NOTICE_DAYS = 30;

const [given] = process.argv.slice(2);
const on = given === undefined ? Temporal.Now.plainDateISO('Europe/Paris') : parseDay(given);
if (!on) {
  console.error(`not a day: ${given}`);
  process.exit(2);
}
const soon = expiringWithin(currentLaw, on, NOTICE_DAYS);
for (const { id, title, knownUntil } of soon) {
  console.error(`${id}: known until ${knownUntil}, ${daysBetween(on, knownUntil)} days from ${on} (${title})`);
}
if (soon.length > 0) process.exitCode = 1;
else
  console.log(`law data: the next value to expire is ${expiries(currentLaw)[0]?.id}, on ${expiries(currentLaw)[0]?.knownUntil}`);
