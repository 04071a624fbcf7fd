/**
 * Hands out jobs in their order to so many lanes, each of which does one after the other. Where a job fails, its lane
 * ends and the others go on.
 * @throws AggregateError with what each lane that ended early threw, once all have ended.
 */
export async function inLanes<T>(jobs: readonly T[], lanes: number, run: (job: T) => Promise<void>): Promise<void> {
  const queue = jobs.values();
  const ended = await Promise.allSettled(
    Array.from({ length: lanes }, async () => {
      for (const job of queue) await run(job);
    }),
  );
  const faults: readonly unknown[] = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('\n\n'));
}
