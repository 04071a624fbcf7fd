import type { Finding } from '#shared/catalogue/model.ts';

export const designWords: Readonly<Record<Finding['design'], string>> = {
  randomized: 'Randomized trial',
  'quasi-experimental': 'Quasi-experiment',
  correlational: 'Correlational study',
  descriptive: 'Descriptive study',
  'not-stated': 'Design not stated',
};

/** A finding without an effect has a tag of the same kind as one with. */
export const effectWords: Readonly<
  Record<Finding['effect'], { readonly words: string; readonly tone: 'plain' | 'good' | 'caution' | 'bad' }>
> = {
  positive: { words: 'Positive effect', tone: 'good' },
  none: { words: 'No effect found', tone: 'caution' },
  mixed: { words: 'Mixed effects', tone: 'caution' },
  negative: { words: 'Negative effect', tone: 'bad' },
  'not-stated': { words: 'Effect not stated', tone: 'plain' },
};

export function significanceWords({ significant, effectSize }: Pick<Finding, 'significant' | 'effectSize'>): string {
  const said =
    significant === undefined
      ? 'Significance not stated'
      : significant
        ? 'Statistically significant'
        : 'Not statistically significant';
  if (effectSize === undefined) return `${said}.`;
  return `${said}; effect size ${effectSize.toFixed(2)} standard deviations.`;
}
