export { recordResult } from './import.ts';
