/** The demonstration: an invented company whose cases show every situation. */
export { loadDemo } from './load.ts';
export { type DemoStatement, demoStatement } from './statement.ts';
