import type { CDPSession, Page } from 'playwright-core';
import * as z from 'zod';

/** What of a trace's event is read; times in microseconds of one clock. */
const traceEvent = z.looseObject({
  name: z.string(),
  ts: z.number(),
  tid: z.int(),
  dur: z.number().optional(),
  args: z
    .looseObject({
      data: z.looseObject({ type: z.string().optional() }).optional(),
      elementCount: z.int().optional(),
    })
    .optional(),
});
type TraceEvent = z.infer<typeof traceEvent>;

const mark = 'list shown';

export interface Repaint {
  readonly milliseconds: number;
  /** How many elements the browser worked out the style of. */
  readonly styled: number;
}

/** Has the page note in its traces when the results are others. */
export async function noteResults(page: Page): Promise<void> {
  await page.evaluate((name) => {
    const results = document.querySelector('.live-count');
    if (results === null) throw new Error('This page has no results.');
    const seen = new MutationObserver(() => performance.mark(name));
    seen.observe(results, { childList: true, characterData: true, subtree: true });
  }, mark);
}

async function traced(session: CDPSession, act: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  const take = ({ value }: { value: unknown[] }): void => {
    events.push(...value.flatMap((one) => traceEvent.safeParse(one).data ?? []));
  };
  session.on('Tracing.dataCollected', take);
  const categories = ['devtools.timeline', 'blink.user_timing'];
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  });
  await act();
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  session.off('Tracing.dataCollected', take);
  return events.sort((a, b) => a.ts - b.ts);
}

/**
 * Clicks a label of a filter with the mouse.
 * @returns by the browser's trace, until the first frame with the new results was painted.
 */
export async function repaintAfterClick(page: Page, session: CDPSession, label: string): Promise<Repaint> {
  const box = await page.locator(label).boundingBox();
  if (box === null) throw new Error(`${label} cannot be clicked.`);
  // The mouse is there before, as a hand's is; what comes of that is not of the click.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForTimeout(200);
  const address = page.url();
  const events = await traced(session, async () => {
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForURL((url) => url.href !== address);
    // the rows below the screen, and the address
    await page.waitForTimeout(600);
  });
  const click = events.find((one) => one.name === 'EventDispatch' && one.args?.data?.type === 'click');
  const later = (from: TraceEvent | undefined, name: string): TraceEvent | undefined =>
    from && events.find((one) => one.tid === from.tid && one.name === name && one.ts > from.ts);
  const paint = later(later(click, mark), 'Paint');
  if (click === undefined || paint === undefined) throw new Error(`A click on ${label} painted nothing.`);
  const styled = events
    .filter((one) => one.name === 'UpdateLayoutTree' && one.ts > click.ts && one.ts < paint.ts)
    .reduce((sum, one) => sum + (one.args?.elementCount ?? 0), 0);
  return { milliseconds: (paint.ts + (paint.dur ?? 0) - click.ts) / 1_000, styled };
}
