export { lawOf } from './own-values.ts';
export { rulePath } from './paths.ts';
