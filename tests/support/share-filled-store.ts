import { shareFilledStore } from './fill-store.ts';

let takeAway: (() => void) | undefined;

/** Vitest calls this before all files, once for each of its projects. */
export function setup(): void {
  takeAway ??= shareFilledStore();
}

/** And this after them. */
export function teardown(): void {
  takeAway?.();
}
