/** The demonstration: an invented company whose cases show every situation. */
export { loadDemo, unloadDemo } from './load.ts';
