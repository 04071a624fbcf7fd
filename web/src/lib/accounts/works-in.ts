import type { Belonging } from './session.ts';

/** Whether the people of an organization work in a program; a partner does in every one. */
export function worksIn({ kind, program: own }: Belonging, program: string): boolean {
  return kind === 'partner' || own === program;
}
