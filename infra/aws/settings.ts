import { readFileSync } from 'node:fs';
import type { Node } from 'constructs';
import * as z from 'zod';

/** What differs from one deployment to the next; given as context values: `-c domain=partners.example.gov`. */
const settings = z.object({
  /** Several deployments may share an account: `prod`, `trial`. */
  stage: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,9}$/,
      'is 2 to 10 lower-case letters, digits and hyphens, so that the names of the buckets stay within the 63 that S3 takes',
    )
    .default('prod'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is an AWS region, such as us-east-1'),
  domain: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'is the host that visitors use, such as partners.example.gov'),
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
      'is the ARN of a certificate in us-east-1, where CloudFront looks for it',
    ),
  senderAddress: z.email('is the mail address that notices come from, in a domain that SES has verified'),
  alarmAddress: z.email('is the mail address that alarms go to'),
  signInPrefix: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'is the first word of the sign-in address, unique in the region')
    .refine((word) => !/aws|amazon|cognito/.test(word), 'may not contain aws, amazon or cognito'),
  version: z.string().min(1, 'is what the health page calls this release'),
  /** Raised by one to replace the secrets between the edge, the web and the API, and the sign-in client. */
  secretGeneration: z.coerce.number('is a whole number').int('is a whole number').min(1, 'begins at 1').default(1),
  /** A table restored from a backup, to run on in place of the one that this deployment made. */
  restoredTable: z.string().min(3, 'is the name of the restored table').optional(),
  restoredStreamArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:dynamodb:.+\/stream\/.+$/, 'is the ARN of the restored table’s stream')
    .optional(),
});

export type Settings = z.infer<typeof settings>;

const names = settings.keyof().options;

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Reads the context values; throws one sentence that names all that are missing or wrong. */
export function readSettings(node: Node): Settings {
  const given = Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = node.tryGetContext(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const parsed = settings.safeParse({ version: packageVersion(), ...given });
  const faults = (parsed.success ? [] : parsed.error.issues).map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${name in given ? message : 'is missing'}`;
  });
  if (given['restoredTable'] !== undefined && given['restoredStreamArn'] === undefined) {
    faults.push('restoredStreamArn is needed with restoredTable, so that what is written there is heard');
  }
  if (!parsed.success || faults.length > 0) {
    throw new Error(
      `The deployment needs context values (-c name=value): ${faults.join('; ')}. docs/operations.md explains each.`,
    );
  }
  return parsed.data;
}
