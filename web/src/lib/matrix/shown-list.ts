import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { readAddress, type ReadAddress } from './address.ts';
import type { MatrixPageAnswer } from './answer.ts';

/** What the list of an address shows. */
export interface ShownList {
  readonly address: string;
  readonly read: ReadAddress;
  readonly answer: MatrixPageAnswer;
}

/** Answers a query here; undefined where the server has to be asked. */
export type AnswerQuery = (program: ProgramFacts, query: MatrixQuery) => MatrixPageAnswer | undefined;

/** The list of an address; undefined where the server has to be asked. */
export function listAt(program: ProgramFacts, address: string, answerTo: AnswerQuery): ShownList | undefined {
  const read = readAddress(new URL(address, location.href).searchParams, program);
  const answer = answerTo(program, read.query);
  return answer && { address, read, answer };
}

/** The program whose matrix is shown, and what somebody is about to ask of it; see `before-click.ts`. */
export const prepared: { program?: ProgramFacts; list?: ShownList | undefined } = {};
