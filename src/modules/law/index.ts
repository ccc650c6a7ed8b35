export { lawOf } from './own-values.ts';
