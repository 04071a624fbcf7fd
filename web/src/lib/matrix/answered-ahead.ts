import type { ProgramFacts } from '#lib/api.ts';
import { answerHere } from './held-snapshot.ts';
import { listAt, prepared, type ShownList } from './shown-list.ts';

let ahead: ShownList | undefined;

/** The list of an address to which nobody has gone yet; undefined where the server has to be asked. */
export function answerAhead(program: ProgramFacts, address: string): ShownList | undefined {
  const { list } = prepared;
  ahead = list?.address === address ? { ...list } : listAt(program, address, answerHere);
  return ahead;
}

/** The very list that is shown of this address since before it was gone to: what is the same is not drawn again. */
export function answeredAhead({ pathname, search }: URL): ShownList | undefined {
  return ahead?.address === pathname + search ? ahead : undefined;
}

/** The address has followed: whoever comes there again is answered anew. */
export function forget(list: ShownList): void {
  if (ahead === list) ahead = undefined;
}
