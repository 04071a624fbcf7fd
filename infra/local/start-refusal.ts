/** Why a part cannot start, as one sentence for the person at the terminal: printed without a stack, exit code 1. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
