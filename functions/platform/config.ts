import * as z from 'zod';

/**
 * What a deployment tells the functions, by environment variables. A function reads only the part
 * it needs, once per cold start, and fails at once with a sentence that names the variable.
 */
export const tableConfig = z.object({
  TABLE_NAME: z.string().min(3),
  /** Any DynamoDB-compatible engine; absent in AWS. */
  DYNAMODB_ENDPOINT: z.url().optional(),
});

export const webTrustConfig = z.object({
  /** The one address that visitors use, without a path: `https://partners.example.gov`. */
  PUBLIC_ORIGIN: z.url(),
  /** Known to the web function and the API only; signs what the web says of its visitor. */
  WEB_SECRET: z.string().min(32),
  /** The header that CloudFront adds; absent on one machine, where nothing else can reach the API. */
  EDGE_SECRET: z.string().min(32).optional(),
  /** Those of the generation before, still taken while a change is under way. */
  WEB_SECRET_BEFORE: z.string().min(32).optional(),
  EDGE_SECRET_BEFORE: z.string().min(32).optional(),
  APP_VERSION: z.string().default('development'),
  /** Lets everybody read what an answer cost, for tests and for measuring; never where partners compete. */
  SHOW_CAPACITY: z.literal('1').optional(),
});

export const programsConfig = z.object({
  /** The folder of the programs in a bundle; absent on one machine, where they stand beside the code. */
  PROGRAMS_DIR: z.string().min(1).optional(),
});

export const filesConfig = z.object({
  /** `file:///folder` or `s3://bucket`. */
  FILES_URL: z.url({ protocol: /^(file|s3)$/ }),
});

export const auditConfig = z.object({
  /** Where the heads of each day are kept: `file:///folder`, or the bucket that lets nobody alter them. */
  AUDIT_URL: z.url({ protocol: /^(file|s3)$/ }),
});

/** What Lambda gives every function. */
const credentials = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
});

export const queueConfig = z.object({
  /** The address of each consumer's queue as a JSON object: `{"matrix": "https://sqs…"}`. */
  QUEUE_URLS: z.string().transform((text, context) => {
    const parsed = z.record(z.string(), z.url()).safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be a JSON object of queue addresses' });
    return z.NEVER;
  }),
  /** An SQS-compatible server; absent in AWS. */
  QUEUE_ENDPOINT: z.url().optional(),
});

export const mailConfig = z.object({
  /** `smtp://host:port`, or `ses:` for Amazon SES. */
  MAIL_URL: z.string().regex(/^(smtp:\/\/.+|ses:)$/),
  MAIL_FROM: z.email(),
});

export const identityConfig = z.object({
  IDENTITY_ISSUER: z.url(),
  IDENTITY_CLIENT_ID: z.string().min(1),
  IDENTITY_CLIENT_SECRET: z.string().min(1).optional(),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The keys of the running function, for a request that we sign ourselves. */
export function awsCredentials() {
  const given = readConfig(credentials);
  return {
    region: given.AWS_REGION,
    accessKeyId: given.AWS_ACCESS_KEY_ID,
    secretAccessKey: given.AWS_SECRET_ACCESS_KEY,
    ...(given.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: given.AWS_SESSION_TOKEN }),
  };
}

/** Reads a part of the configuration; throws a sentence that names each variable that is wrong. */
export function readConfig<S extends z.ZodType>(part: S, environment = process.env): z.infer<S> {
  const parsed = part.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(`The environment is not complete: ${wrong.join('; ')}.`);
}
