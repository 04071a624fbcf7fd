/**
 * What a function may do to the table, in the words of the `Table` port. A transaction needs the
 * rights of its parts.
 */
export type TableRight =
  'get' | 'get-all' | 'select' | 'select-list' | 'select-journal' | 'put' | 'add' | 'remove' | 'check';

export type FileRight = 'read' | 'write' | 'facts';

/** What a function needs from a deployment. What is not named here, it does not get. */
export interface FunctionNeeds {
  readonly table: readonly TableRight[];
  /** Under `FILES_URL`: snapshots of the matrix to read or to write, and what they were built from. */
  readonly files?: readonly FileRight[];
  /** Sends mail, and so needs the public address for its links. */
  readonly mail?: true;
  /** Talks to the OpenID provider. */
  readonly identity?: true;
  /** Megabytes; the processor's share grows with them. */
  readonly memory: number;
  readonly timeoutSeconds: number;
  /** What a person loses while it fails, as a sentence; every alarm of the function says it. */
  readonly loses: string;
}
