import type { ProgramFacts } from '#lib/api.ts';
import { readAddress, type ReadAddress } from './address.ts';
import type { MatrixPageAnswer } from './answer.ts';
import { answerHere } from './held-snapshot.ts';

/** What the list of an address shows. */
export interface ShownList {
  readonly address: string;
  readonly read: ReadAddress;
  readonly answer: MatrixPageAnswer;
}

let ahead: ShownList | undefined;

/** The list of an address to which nobody has gone yet; undefined where the server has to be asked. */
export function answerAhead(program: ProgramFacts, address: string): ShownList | undefined {
  const read = readAddress(new URL(address, location.href).searchParams, program);
  const answer = answerHere(program, read.query);
  ahead = answer && { address, read, answer };
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
