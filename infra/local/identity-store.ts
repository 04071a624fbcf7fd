import type { OidcAdapter } from 'oidc-provider';

interface Stored {
  payload: Record<string, unknown>;
  readonly expires: number;
}

/** Beyond this many, the oldest sign-ins under way are forgotten. */
const mostRecords = 5_000;

/**
 * The provider's codes, tokens and sessions, for as long as the process runs: the program keeps
 * sessions of its own, so a restart only asks those to start again who were in the middle of it.
 */
export function identityStore(): (model: string) => OidcAdapter {
  const records = new Map<string, Stored>();

  const live = (key: string): Stored | undefined => {
    const found = records.get(key);
    if (found === undefined || found.expires > Date.now()) return found;
    records.delete(key);
    return undefined;
  };

  const findBy = (model: string, field: string, value: string): Record<string, unknown> | undefined => {
    for (const key of records.keys()) {
      if (key.startsWith(`${model}:`) && live(key)?.payload[field] === value) return live(key)?.payload;
    }
    return undefined;
  };

  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      async upsert(id, payload, expiresIn) {
        records.delete(keyOf(id));
        records.set(keyOf(id), {
          payload,
          expires: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1_000,
        });
        const oldest = records.keys().next().value;
        if (records.size > mostRecords && oldest !== undefined) records.delete(oldest);
      },
      find: async (id) => live(keyOf(id))?.payload,
      findByUid: async (uid) => findBy(model, 'uid', uid),
      findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
      async consume(id) {
        const found = live(keyOf(id));
        if (found !== undefined) found.payload = { ...found.payload, consumed: Math.floor(Date.now() / 1_000) };
      },
      async destroy(id) {
        records.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, found] of records) if (found.payload['grantId'] === grantId) records.delete(key);
      },
    };
  };
}
