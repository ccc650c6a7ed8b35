export { saveAnswers } from './answers.ts';
export { logTime } from './time-log.ts';
