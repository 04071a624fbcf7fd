import { finding, type Finding } from '#shared/catalogue/model.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Calendar } from './calendar.ts';
import type { Random } from './random.ts';

const designs = [
  { design: 'randomized', called: 'A randomized study', tier: 1 },
  { design: 'quasi-experimental', called: 'A comparison with matched schools', tier: 2 },
  { design: 'correlational', called: 'A study of attendance and results over time', tier: 3 },
  { design: 'descriptive', called: 'A description of the first years', tier: 4 },
  { design: 'not-stated', called: 'A report', tier: 4 },
] as const;

const judges = ['Orchard Row Evaluation Office', 'Fieldstone Bench Research', 'Open Ledger Study Group'] as const;

/** Findings of every design and with every effect; a study that found nothing is told like the others. */
export function inventedFindings(
  random: Random,
  program: Program,
  calendar: Calendar,
  partner: string,
  count: number,
): readonly Finding[] {
  if (program.outcomes.length === 0) return [];
  return Array.from({ length: count }, (_, place) => {
    const { design, called, tier } = random.pick(designs);
    const effect = random.pick([
      'positive',
      'positive',
      'positive',
      'positive',
      'none',
      'mixed',
      'negative',
      'not-stated',
    ] as const);
    const [outcome] = random.some(program.outcomes, 1);
    const population = random.chance(0.7) ? random.some(program.populations, random.whole(1, 2)) : [];
    const measured = (design === 'randomized' || design === 'quasi-experimental') && effect !== 'not-stated';
    const size = {
      positive: 0.06 + 0.3 * random.share(),
      none: (random.share() - 0.5) * 0.06,
      mixed: 0.1 * random.share(),
      negative: -0.04 - 0.12 * random.share(),
      'not-stated': 0,
    }[effect];
    const significant = effect === 'positive' || effect === 'negative';
    // A tier below 4 asks for a significant positive effect; whoever judged it may still not have rated it.
    const rated = (effect === 'positive' && tier < 4) || (tier === 4 && random.chance(0.5));
    const range = rated && random.chance(0.85) ? { tier: { atLeast: tier, atMost: tier } } : {};
    const word = outcome?.name.toLowerCase() ?? 'results';
    const judge = random.pick(judges);
    const effectNote = {
      positive: `Students in the program did better in ${word} than those they were compared with.`,
      none: `No difference in ${word} could be shown.`,
      mixed: `Some schools did better in ${word}, others did not.`,
      negative: `Students in the program did slightly worse in ${word}.`,
      'not-stated': `The report tells of ${word} without saying how large the change was.`,
    }[effect];
    return finding.parse({
      id: `finding-${place + 1}`,
      study: `${called} of ${word}`,
      source: {
        title: `${judge}: ${partner} and ${word}`.slice(0, 200),
        dated: String(calendar.year - random.whole(1, 8)),
      },
      design,
      outcomes: outcome === undefined ? [] : [outcome.id],
      populations: population.map((one) => one.id),
      effect,
      effectNote,
      ...(measured ? { effectSize: Math.round(size * 100) / 100, significant } : {}),
      ...range,
      ...('tier' in range ? { judgedBy: judge } : {}),
    });
  });
}
