import { isRefusalCode, refusals, type Refusal } from '#shared/kernel/refusals.ts';
import { isRecord } from './is-record.ts';

function sentencesIn(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, sentence]) => (typeof sentence === 'string' ? [[field, sentence]] : [])),
  );
}

/** Reads the body of a refused request; undefined when it is not one of our refusals. */
export function readRefusal(body: unknown): Refusal | undefined {
  if (!isRecord(body) || typeof body['code'] !== 'string' || !isRefusalCode(body['code'])) return undefined;
  const message = body['message'];
  const data = body['data'];
  const fields = sentencesIn(body['fields']) ?? (isRecord(data) ? sentencesIn(data['fields']) : undefined);
  return {
    code: body['code'],
    ...(typeof message === 'string' && message !== '' ? { message } : {}),
    ...(fields === undefined ? {} : { fields }),
  };
}

/** The API refused a call of the client, or would: what it answers. */
export class ApiRefusal extends Error {
  readonly code: Refusal['code'];
  readonly status: number;
  readonly data: Pick<Refusal, 'fields'>;

  constructor({ code, message, fields }: Refusal, status: number = refusals[code].status) {
    super(message);
    this.name = 'ApiRefusal';
    this.code = code;
    this.status = status;
    this.data = fields === undefined ? {} : { fields };
  }
}

/** The refusal that a call of the client threw; undefined for anything else, which is a defect. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  return thrown instanceof ApiRefusal ? readRefusal(thrown) : undefined;
}
