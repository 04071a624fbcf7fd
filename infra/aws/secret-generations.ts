import type { Settings } from './settings.ts';

/**
 * A secret by name: a reference by value would tie the stacks so that no secret could be replaced.
 * The one before is still taken, so that those who show it and those who ask for it may change at
 * different times.
 */
export interface SecretGenerations {
  readonly current: string;
  readonly before?: string;
}

/** The generations that exist side by side, the present one first. */
export function generations({ secretGeneration }: Settings): readonly number[] {
  return secretGeneration === 1 ? [1] : [secretGeneration, secretGeneration - 1];
}

export function secretName({ stage }: Settings, what: string, generation: number): string {
  return `priority-partners/${stage}/${what}-${generation}`;
}

export function secretGenerations(settings: Settings, what: string): SecretGenerations {
  const generation = settings.secretGeneration;
  const current = secretName(settings, what, generation);
  return generation === 1 ? { current } : { current, before: secretName(settings, what, generation - 1) };
}
