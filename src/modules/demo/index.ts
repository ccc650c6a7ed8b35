/** The demonstration: an invented company whose cases show every situation. */
export { loadDemo, unloadDemo } from './load.ts';
export { type DemoStatement, demoStatement } from './statement.ts';
