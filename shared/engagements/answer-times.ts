/** The longest answer time of each bucket, in hours; longer ones are in `more`. */
export const answerTimes = [
  { bucket: 'day', hours: 24 },
  { bucket: 'three-days', hours: 72 },
  { bucket: 'week', hours: 168 },
  { bucket: 'two-weeks', hours: 336 },
] as const;

export const answerBuckets = [...answerTimes.map((one) => one.bucket), 'more'] as const;
export type AnswerBucket = (typeof answerBuckets)[number];
