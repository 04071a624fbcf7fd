/**
 * Hands out jobs in their order to so many lanes, each of which does one after the other. Where a job fails, its lane
 * ends and the others go on.
 * @throws what the first lane that ended early threw, once all have ended.
 */
export async function inLanes<T>(jobs: readonly T[], lanes: number, run: (job: T) => Promise<void>): Promise<void> {
  const queue = jobs.values();
  const ended = await Promise.allSettled(
    Array.from({ length: lanes }, async () => {
      for (const job of queue) await run(job);
    }),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
